using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Pairs to learn from, kept in memory as bytes at their load size: the generator's size times <see cref="AugmentationOptions.LoadScale"/>.
/// A pair of 286x286 pixels takes 491 kB. Fill it from one thread; reading is thread-safe.
/// </summary>
public sealed class ImagePairs : IPairSource
{
    /// <summary>Sides that differ by no more than this after scaling are the same shape: halves of odd sizes, rounded thumbnails.</summary>
    private const double AspectTolerance = 0.02;

    private readonly List<ImagePair> _pairs = [];

    /// <summary>An empty set for a generator and a training.</summary>
    public ImagePairs(GeneratorOptions generator, TrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(training);
        LoadWidth = (int)Math.Round(generator.Width * training.Augmentation.LoadScale);
        LoadHeight = (int)Math.Round(generator.Height * training.Augmentation.LoadScale);
    }

    /// <summary>An empty set of images as they will be translated: cut and resized to the generator's size, never augmented.</summary>
    /// <param name="generator">Gives the size.</param>
    /// <param name="training">Gives the kernels.</param>
    public static ImagePairs ForValidation(GeneratorOptions generator, TrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ImagePairs(generator, training with
        {
            Augmentation = training.Augmentation with { LoadScale = 1 },
            Preprocessing = training.Preprocessing with { Mode = PreprocessingMode.ResizeAndCrop },
        });
    }

    /// <summary>The width of the images kept, in pixels.</summary>
    public int LoadWidth { get; }

    /// <summary>The height of the images kept, in pixels.</summary>
    public int LoadHeight { get; }

    /// <summary>The number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>The pair at this position, in order of <see cref="Add"/>.</summary>
    public ImagePair this[int index] => _pairs[index];

    /// <summary>Whether two images show the same view: the same shape, in whatever resolution.</summary>
    public static bool HaveSameShape(PixelImage input, PixelImage target)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        var (a, b) = ((double)input.Width * target.Height, (double)target.Width * input.Height);
        return Math.Abs(a - b) <= AspectTolerance * Math.Max(a, b);
    }

    /// <summary>
    /// Adds a pair. Each image is cut to the generator's shape around its centre and resized to the load size; the images given are
    /// not kept.
    /// </summary>
    /// <param name="input">What the generator sees.</param>
    /// <param name="target">What it is to give.</param>
    /// <param name="name">What the pair is called in messages and reports.</param>
    /// <returns>The pair that is kept.</returns>
    /// <exception cref="ArgumentException">The two images differ in shape by more than two percent.</exception>
    public ImagePair Add(PixelImage input, PixelImage target, string? name = null)
    {
        var pair = Prepare(input, target, name);
        _pairs.Add(pair);
        return pair;
    }

    /// <summary>The pair that <see cref="Add"/> would keep, for who keeps pairs elsewhere. Thread-safe.</summary>
    /// <param name="input">What the generator sees.</param>
    /// <param name="target">What it is to give.</param>
    /// <param name="name">What the pair is called in messages and reports.</param>
    /// <exception cref="ArgumentException">The two images differ in shape by more than two percent.</exception>
    public ImagePair Prepare(PixelImage input, PixelImage target, string? name = null)
    {
        if (!HaveSameShape(input, target))
        {
            throw new ArgumentException(
                $"The input is {input.Width}x{input.Height} and the target {target.Width}x{target.Height}; expected two images of the " +
                "same shape (width / height), in whatever resolution. Crop one of them to the other's view.");
        }

        return new ImagePair(ToLoadSize(input), ToLoadSize(target)) { Name = name };
    }

    /// <inheritdoc/>
    public IEnumerable<ImagePair> Read(CancellationToken cancel) => _pairs;

    private PixelImage ToLoadSize(PixelImage image)
        => ImageResizer.Resize(ImageResizer.CropToAspect(image, LoadWidth, LoadHeight), LoadWidth, LoadHeight);
}
