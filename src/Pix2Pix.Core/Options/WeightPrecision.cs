namespace Pix2Pix;

/// <summary>How weights stand in an ONNX file. The network computes in single precision either way.</summary>
public enum WeightPrecision
{
    /// <summary>As they were trained, in 32 bits.</summary>
    Single,

    /// <summary>
    /// In 16 bits: half the file, and pictures that differ a little. A layer with a weight beyond ±65504 stays in 32 bits.
    /// </summary>
    Half,

    /// <summary>
    /// In 8 bits, with a scale for each output channel of a layer: a quarter of the file, and pictures that differ by some levels.
    /// </summary>
    Int8,
}
