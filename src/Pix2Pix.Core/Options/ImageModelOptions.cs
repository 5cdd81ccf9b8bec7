namespace Pix2Pix;

/// <summary>
/// The input and output of an image-to-image model that was trained elsewhere. Null options are taken from the model, that is, from its
/// shapes or its metadata (Image.BitmapPixelFormat and Image.NominalPixelRange, github.com/onnx/onnx/blob/main/docs/MetadataProps.md), or
/// have their default. Immutable.
/// </summary>
public sealed record ImageModelOptions
{
    /// <summary>The longest side of a model's images, in pixels.</summary>
    internal const int MaxSide = 1 << 14;

    /// <summary>Takes everything from the model.</summary>
    public static ImageModelOptions Default { get; } = new();

    /// <summary>The name of the output that contains the translation.</summary>
    /// <value>The default is the only output with four dimensions.</value>
    public string? OutputName { get; init; }

    /// <summary>The order of the dimensions of the input and the output.</summary>
    /// <value>
    /// The default is determined by which axis of the shape has 1, 3 or 4 channels; the input and the output may then differ. If set, it
    /// applies to both.
    /// </value>
    public ImageLayout? Layout { get; init => field = value is null ? null : Guard.Defined(value.Value); }

    /// <summary>The order of the color channels of the input and the output.</summary>
    /// <value>The default is the metadata's, or <see cref="ColorOrder.Rgb"/> without metadata.</value>
    public ColorOrder? Colors { get; init => field = value is null ? null : Guard.Defined(value.Value); }

    /// <summary>The values of black and white in a float input. A byte input takes levels.</summary>
    /// <value>The default is the metadata's, or <see cref="ValueRange.SignedUnit"/> without metadata.</value>
    public ValueRange? InputRange { get; init => field = Checked(value); }

    /// <summary>The values of black and white in a float output.</summary>
    /// <value>The default is <see cref="InputRange"/>; <see cref="ValueRange.SignedUnit"/> if the input is bytes.</value>
    public ValueRange? OutputRange { get; init => field = Checked(value); }

    /// <summary>The width to translate at, if the model accepts any width.</summary>
    /// <value>The default is 256. From 1 to 16384.</value>
    public int? Width { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, MaxSide); }

    /// <summary>The height to translate at, if the model accepts any height.</summary>
    /// <value>The default is 256. From 1 to 16384.</value>
    public int? Height { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, MaxSide); }

    /// <summary>
    /// The value that the sides of images must be multiples of, if the model accepts any size; for example, 2 to the power of its number of
    /// halvings.
    /// </summary>
    /// <value>The default is 4, or what the generator needs if it was trained with this library. From 1 to 1024.</value>
    public int? SideStep { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1 << 10); }

    // A default ValueRange bypasses the checks of the constructor.
    private static ValueRange? Checked(ValueRange? range)
        => range is { } given ? new ValueRange(given.Black, given.White) : null;
}
