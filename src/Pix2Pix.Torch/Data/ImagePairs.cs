using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Pairs to learn from, prepared and kept in memory as bytes. At 286x286 pixels a pair of RGB images takes 491 kB. Fill it from one thread;
/// reading is thread-safe.
/// </summary>
public sealed class ImagePairs : IPairSource
{
    private readonly List<ImagePair> _pairs = [];

    /// <summary>An empty set for a generator and a training.</summary>
    public ImagePairs(GeneratorOptions generator, TrainingOptions training) => Preparation = new PairPreparation(generator, training);

    /// <summary>
    /// An empty set of images as they will be translated: as a whole, cut to the generator's shape and resized to its size, whatever the
    /// mode of preprocessing; never augmented.
    /// </summary>
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

    /// <summary>What is done to a pair when it is added.</summary>
    public PairPreparation Preparation { get; }

    /// <summary>The number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>The pair at this position, in order of <see cref="Add"/>.</summary>
    public ImagePair this[int index] => _pairs[index];

    /// <summary>Adds a pair, prepared; the images given are not kept.</summary>
    /// <param name="input">Gray, RGB or RGBA.</param>
    /// <param name="target">Gray, RGB or RGBA, of the input's shape.</param>
    /// <param name="name">What the pair is called in messages and reports.</param>
    /// <returns>The pair that is kept.</returns>
    /// <exception cref="ArgumentException">
    /// The two images differ in shape by more than two percent; or the mode keeps sizes, and theirs do not do.
    /// </exception>
    public ImagePair Add(PixelImage input, PixelImage target, string? name = null)
    {
        var pair = Preparation.Prepare(input, target, name);
        _pairs.Add(pair);
        return pair;
    }

    /// <inheritdoc/>
    public IEnumerable<ImagePair> Read(CancellationToken cancel) => _pairs;
}
