namespace Pix2Pix;

/// <summary>The form of an ONNX file. Immutable.</summary>
public sealed record OnnxFormat
{
    /// <summary>Pictures in and out, weights in single precision.</summary>
    public static OnnxFormat Default { get; } = new();

    /// <summary>What it takes and gives.</summary>
    /// <value>The default is <see cref="OnnxInterface.Pixels"/>.</value>
    public OnnxInterface Ends { get; init => field = Guard.Defined(value); }

    /// <summary>How its weights are written.</summary>
    /// <value>The default is <see cref="WeightPrecision.Single"/>, which leaves weights as they are in the model.</value>
    public WeightPrecision Weights { get; init => field = Guard.Defined(value); }
}
