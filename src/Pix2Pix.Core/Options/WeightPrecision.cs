namespace Pix2Pix;

/// <summary>The precision of the weights in an ONNX file. The network computes in single precision in any case.</summary>
public enum WeightPrecision
{
    /// <summary>32 bits, as trained.</summary>
    Single,

    /// <summary>16 bits: half the file size, and slightly different images. A layer with a weight beyond ±65504 stays in 32 bits.</summary>
    Half,

    /// <summary>
    /// 8 bits, with a scale for each output channel of a layer: a quarter of the file size, and images that differ by some levels.
    /// </summary>
    Int8,
}
