using System.Globalization;

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

/// <summary>The order of the dimensions of images.</summary>
public enum ImageLayout
{
    /// <summary>(N, C, H, W), as in PyTorch.</summary>
    ChannelsFirst,

    /// <summary>(N, H, W, C), as in TensorFlow.</summary>
    ChannelsLast,
}

/// <summary>The order of the color channels; alpha, if present, is last.</summary>
public enum ColorOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

/// <summary>The network values that correspond to the levels 0 and 255; the levels between are interpolated linearly.</summary>
public readonly record struct ValueRange
{
    /// <summary>Creates a range; <paramref name="white"/> may be less than <paramref name="black"/>.</summary>
    /// <param name="black">The value of level 0.</param>
    /// <param name="white">The value of level 255.</param>
    /// <exception cref="ArgumentException">Both values are the same, or one is not finite.</exception>
    public ValueRange(double black, double white)
    {
        if (!double.IsFinite(black) || !double.IsFinite(white) || (float)black == (float)white)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The range is {black} to {white}; expected two finite values that differ."));
        }

        (Black, White) = (black, white);
    }

    /// <summary>[-1, 1], the range of networks that end in tanh.</summary>
    public static ValueRange SignedUnit { get; } = new(-1, 1);

    /// <summary>[0, 1].</summary>
    public static ValueRange Unit { get; } = new(0, 1);

    /// <summary>[0, 255].</summary>
    public static ValueRange Bytes { get; } = new(0, 255);

    /// <summary>The value of level 0.</summary>
    public double Black { get; }

    /// <summary>The value of level 255.</summary>
    public double White { get; }

    /// <summary>The number of levels per unit.</summary>
    internal double LevelsPerUnit => 255 / (White - Black);
}
