
namespace Pix2Pix;

/// <summary>An ONNX network that computes a feature vector of an image, such as Inception v3 without its last layer. Immutable.</summary>
/// <remarks>
/// The network has one float input, (N, 3, height, width) or (N, height, width, 3), in the order red, green, blue, where N is dynamic or 1,
/// and a float output, (N, features), possibly with additional axes of length 1. Scores of two networks, or of one network with two
/// normalizations, are not comparable. The network runs on the GPU that the context specifies.
/// </remarks>
public sealed record FeatureNetworkOptions
{
    /// <summary>The ONNX file, including its weights.</summary>
    public required string File
    {
        get;
        init => field = Guard.NotEmpty(value, "the path of the feature network, an ONNX file");
    }

    /// <summary>The name of the output that contains the features.</summary>
    /// <value>The default is <see langword="null"/>: the only output.</value>
    public string? Output { get; init; }

    /// <summary>The width and height of the network's input images, if they are dynamic.</summary>
    /// <value>The default is <see langword="null"/>: those of the input.</value>
    /// <remarks>Images of another size are resized with antialiasing; the aspect ratio is not kept.</remarks>
    public int? Size { get; init => field = value is { } size ? Guard.InRange(size, 1, 4096) : null; }

    /// <summary>The values that are subtracted from red, green and blue in the range 0 to 1.</summary>
    /// <value>
    /// The default is 0.5 for each, so that the network's input ranges from -1 to 1 with the default <see cref="Deviation"/>.
    /// </value>
    public IReadOnlyList<float> Mean { get; init => field = Channels(value, nameof(Mean)); } = [0.5f, 0.5f, 0.5f];

    /// <summary>
    /// The values that the differences are divided by. For networks that take 0 to 255, use 1 / 255 with a <see cref="Mean"/> of 0.
    /// </summary>
    /// <value>The default is 0.5 for each.</value>
    public IReadOnlyList<float> Deviation
    {
        get;
        init => field = Channels(value, nameof(Deviation)).All(part => part > 0)
            ? value
            : throw new ArgumentException($"Deviation is {string.Join(", ", value)}; expected three numbers above 0.", nameof(Deviation));
    } = [0.5f, 0.5f, 0.5f];

    /// <summary>The number of images in one run.</summary>
    /// <value>The default is 16. From 1 to 1,024; a network with a fixed batch size of one receives one image at a time.</value>
    public int BatchSize { get; init => field = Guard.InRange(value, 1, 1024); } = 16;

    /// <summary>The number of subsets of the rows that KID is the mean of.</summary>
    /// <value>The default is 100, as in the authors' code.</value>
    public int KidSubsets { get; init => field = Guard.InRange(value, 1, 10_000); } = KernelDistanceOptions.Default.Subsets;

    /// <summary>
    /// The number of rows drawn for a subset. If there are this many rows or fewer, there is a single subset with all of them.
    /// </summary>
    /// <value>The default is 1,000, as in the authors' code.</value>
    public int KidSubsetSize { get; init => field = Guard.InRange(value, 2, 100_000); } = KernelDistanceOptions.Default.SubsetSize;

    /// <summary>The seed of the subsets.</summary>
    /// <value>The default is 0.</value>
    public int KidSeed { get; init; }

    /// <summary>
    /// The maximum number of rows whose features are kept for KID's subsets. Each feature of both images takes 4 bytes. If there are more
    /// rows, this many are drawn by the seed.
    /// </summary>
    /// <value>The default is 10,000: 160 MB for 2,048 features.</value>
    public int KidRows { get; init => field = Guard.InRange(value, 2, 10_000_000); } = 10_000;

    internal KernelDistanceOptions Kid => new() { Subsets = KidSubsets, SubsetSize = KidSubsetSize, Seed = KidSeed };

    private static IReadOnlyList<float> Channels(IReadOnlyList<float> value, string name)
        => value is { Count: 3 } && value.All(float.IsFinite)
            ? value
            : throw new ArgumentException(
                $"{name} is {(value is null ? "null" : string.Join(", ", value))}; expected three finite numbers, for red, green and blue.", name);
}
