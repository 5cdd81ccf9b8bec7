using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Image pairs for training or validation, prepared and kept in memory as bytes. At 286x286 pixels, a pair of RGB images takes 491 kB. Add
/// pairs from one thread; reading is thread-safe.
/// </summary>
public sealed class ImagePairs : IPairSource
{
    private readonly List<ImagePair> _pairs = [];

    /// <summary>Creates an empty set for a generator and a training.</summary>
    public ImagePairs(GeneratorOptions generator, TrainingOptions training) => Preparation = new PairPreparation(generator, training);

    /// <summary>
    /// Creates an empty set for validation. Images are prepared as for inference: cropped to the generator's aspect ratio and resized to
    /// its size, whatever the preprocessing mode, and never augmented.
    /// </summary>
    /// <param name="generator">Provides the size.</param>
    /// <param name="training">Provides the resize kernels.</param>
    public static ImagePairs ForValidation(GeneratorOptions generator, TrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ImagePairs(generator, training with
        {
            Augmentation = training.Augmentation with { LoadScale = 1 },
            Preprocessing = training.Preprocessing with { Mode = PreprocessingMode.ResizeAndCrop },
        });
    }

    /// <summary>The preparation of each pair that is added.</summary>
    public PairPreparation Preparation { get; }

    /// <summary>The number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>The pair at this position, in the order of the calls to <see cref="Add"/>.</summary>
    public ImagePair this[int index] => _pairs[index];

    /// <summary>Prepares a pair and adds it. The given images are not retained.</summary>
    /// <param name="input">The input image: gray, RGB or RGBA.</param>
    /// <param name="target">The target image: gray, RGB or RGBA, with the input's aspect ratio.</param>
    /// <param name="name">The name of the pair in messages and reports.</param>
    /// <returns>The prepared pair.</returns>
    /// <exception cref="ArgumentException">
    /// The aspect ratios of the two images differ by more than two percent, or the preprocessing mode does not allow their sizes.
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
