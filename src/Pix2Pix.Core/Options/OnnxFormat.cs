namespace Pix2Pix;

/// <summary>The format of an ONNX file. Immutable.</summary>
public sealed record OnnxFormat
{
    /// <summary>Byte images as input and output, weights in single precision.</summary>
    public static OnnxFormat Default { get; } = new();

    /// <summary>The input and output of the file.</summary>
    /// <value>The default is <see cref="OnnxInterface.Pixels"/>.</value>
    public OnnxInterface Ends { get; init => field = Guard.Defined(value); }

    /// <summary>The precision of the weights.</summary>
    /// <value>The default is <see cref="WeightPrecision.Single"/>, which writes the weights as they are in the model.</value>
    public WeightPrecision Weights { get; init => field = Guard.Defined(value); }
}
