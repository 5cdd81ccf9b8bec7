namespace Pix2Pix;

/// <summary>
/// What an image-to-image model that was trained elsewhere takes and gives. What is null is told by the model: by its shapes, by its
/// metadata (Image.BitmapPixelFormat and Image.NominalPixelRange, github.com/onnx/onnx/blob/main/docs/MetadataProps.md), or it is the
/// default. Immutable.
/// </summary>
public sealed record ImageModelOptions
{
    /// <summary>The longest side that a model may take, in pixels.</summary>
    internal const int MaxSide = 1 << 14;

    /// <summary>All as the model tells.</summary>
    public static ImageModelOptions Default { get; } = new();

    /// <summary>The output that is the translation.</summary>
    /// <value>The default is the only one of four dimensions.</value>
    public string? OutputName { get; init; }

    /// <summary>The order of dimensions, of the input and of the output.</summary>
    /// <value>
    /// The default is where the shape has 1, 3 or 4 channels; the input and the output may differ in it then, and do not if it is set.
    /// </value>
    public ImageLayout? Layout { get; init => field = value is null ? null : Guard.Defined(value.Value); }

    /// <summary>The order of colours, of the input and of the output.</summary>
    /// <value>The default is the metadata's, else <see cref="ColorOrder.Rgb"/>.</value>
    public ColorOrder? Colors { get; init => field = value is null ? null : Guard.Defined(value.Value); }

    /// <summary>The values of a float input for black and white. An input of bytes takes levels.</summary>
    /// <value>The default is the metadata's, else <see cref="ValueRange.SignedUnit"/>.</value>
    public ValueRange? InputRange { get; init => field = Checked(value); }

    /// <summary>The values of a float output for black and white.</summary>
    /// <value>The default is <see cref="InputRange"/>; <see cref="ValueRange.SignedUnit"/> where the input is bytes.</value>
    public ValueRange? OutputRange { get; init => field = Checked(value); }

    /// <summary>The width to translate at, where the model takes any.</summary>
    /// <value>The default is 256. From 1 to 16384.</value>
    public int? Width { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, MaxSide); }

    /// <summary>The height to translate at, where the model takes any.</summary>
    /// <value>The default is 256. From 1 to 16384.</value>
    public int? Height { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, MaxSide); }

    /// <summary>
    /// Sides of images are to be multiples of this, where the model takes any size; 2 to the number of its halvings, say.
    /// </summary>
    /// <value>The default is 4; what the generator needs, where it was trained here. From 1 to 1024.</value>
    public int? SideStep { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1 << 10); }

    // Not made by its constructor.
    private static ValueRange? Checked(ValueRange? range)
        => range is { } given ? new ValueRange(given.Black, given.White) : null;
}
