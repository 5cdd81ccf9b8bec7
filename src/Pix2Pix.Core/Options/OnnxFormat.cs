namespace Pix2Pix;

/// <summary>The format of an ONNX file. Immutable.</summary>
public sealed record OnnxFormat
{
    /// <summary>Byte images as input and output, weights in single precision.</summary>
    public static OnnxFormat Default { get; } = new();

    /// <summary>The input and output of the file.</summary>
    /// <value>The default is <see cref="OnnxInterface.Pixels"/>.</value>
    public OnnxInterface Interface { get; init => field = Guard.Defined(value); }

    /// <summary>The precision of the weights.</summary>
    /// <value>The default is <see cref="WeightPrecision.Single"/>, which writes the weights as they are in the model.</value>
    public WeightPrecision Weights { get; init => field = Guard.Defined(value); }
}

/// <summary>The input and output of an ONNX file.</summary>
public enum OnnxInterface
{
    /// <summary>Images as bytes; the graph converts to and from the network's values.</summary>
    Pixels,

    /// <summary>
    /// The network alone, for other runtimes: "input" and "output", float (N, C, H, W) in [-1, 1], red, green, blue;
    /// <see cref="ImageChannels"/> describes other channels. Height and width are dynamic if the network accepts other sizes.
    /// </summary>
    Network,
}

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
