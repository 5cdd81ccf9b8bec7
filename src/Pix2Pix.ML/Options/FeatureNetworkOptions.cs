
namespace Pix2Pix;

/// <summary>
/// An ONNX network that makes a vector of features of an image, such as Inception v3 before its last layer. Immutable.
/// </summary>
/// <remarks>
/// It has one input of floats, (N, 3, height, width) or (N, height, width, 3), in red, green, blue, N being free or 1; and an output of
/// floats, (N, features), or with more axes of length 1. Scores of two networks, or of one with two normalizations, must not be compared.
/// It runs on the GPU that the context names.
/// </remarks>
public sealed record FeatureNetworkOptions
{
    /// <summary>The ONNX file, weights included.</summary>
    public required string File
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("The feature network's file has no name.", nameof(File)) : value;
    }

    /// <summary>The name of the output with the features.</summary>
    /// <value>The default is <see langword="null"/>: the only one.</value>
    public string? Output { get; init; }

    /// <summary>Width and height of the images that the network sees, where its input leaves them free.</summary>
    /// <value>The default is <see langword="null"/>: those of the input.</value>
    /// <remarks>Images of another size are resized, antialiased, whatever their shape.</remarks>
    public int? Size { get; init => field = value is { } size ? Guard.InRange(size, 1, 4096) : null; }

    /// <summary>What is subtracted from red, green and blue in 0 to 1.</summary>
    /// <value>The default is 0.5 for each, so that together with <see cref="Deviation"/> the network sees -1 to 1.</value>
    public IReadOnlyList<float> Mean { get; init => field = Channels(value, nameof(Mean)); } = [0.5f, 0.5f, 0.5f];

    /// <summary>What they are then divided by. For networks that take 0 to 255, 1 / 255 with a <see cref="Mean"/> of 0.</summary>
    /// <value>The default is 0.5 for each.</value>
    public IReadOnlyList<float> Deviation
    {
        get;
        init => field = Channels(value, nameof(Deviation)).All(part => part > 0)
            ? value
            : throw new ArgumentException($"Deviation is {string.Join(", ", value)}; expected three numbers above 0.", nameof(Deviation));
    } = [0.5f, 0.5f, 0.5f];

    /// <summary>Images in one run.</summary>
    /// <value>The default is 16. From 1 to 1,024; a network that takes one image at a time gets one.</value>
    public int BatchSize { get; init => field = Guard.InRange(value, 1, 1024); } = 16;

    /// <summary>How KID draws subsets.</summary>
    /// <value>The default is 100 subsets of 1,000 rows.</value>
    public KernelDistanceOptions Kid { get; init => field = Guard.NotNull(value); } = KernelDistanceOptions.Default;

    /// <summary>
    /// The rows whose features are kept to draw KID's subsets from, 4 bytes for each of both images' features. Of more rows, this many are
    /// drawn by the seed.
    /// </summary>
    /// <value>The default is 10,000: 160 MB for 2,048 features.</value>
    public int KidRows { get; init => field = Guard.InRange(value, 2, 10_000_000); } = 10_000;

    private static IReadOnlyList<float> Channels(IReadOnlyList<float> value, string name)
        => value is { Count: 3 } && value.All(float.IsFinite)
            ? value
            : throw new ArgumentException(
                $"{name} is {(value is null ? "null" : string.Join(", ", value))}; expected three finite numbers, for red, green and blue.", name);
}
