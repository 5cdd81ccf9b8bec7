using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>A source of image pairs, read in order once per epoch: <see cref="ImagePairs"/>.</summary>
internal interface IPairSource
{
    /// <summary>The number of pairs.</summary>
    int Count { get; }

    /// <summary>
    /// Returns all pairs in order, at their load size. There is one reader at a time; it may run on a background thread.
    /// </summary>
    /// <param name="cancel">Cancels the reading.</param>
    IEnumerable<ImagePair> Read(CancellationToken cancel);

    /// <summary>
    /// Returns a pair of the last reading that is no longer needed, so that its memory can be reused. May be called from any thread. Not
    /// every pair that was read is returned.
    /// </summary>
    /// <param name="pair">A pair that <see cref="Read"/> returned. Each pair is returned at most once.</param>
    void Return(ImagePair pair)
    {
    }

    /// <summary>
    /// Any text that changes if a pair changes. Checkpoints contain it to verify that a training is resumed with the same pairs.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: a training that writes checkpoints computes a fingerprint by reading all pairs once.
    /// </value>
    string? Fingerprint => null;
}

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
    internal PairPreparation Preparation { get; }

    /// <summary>The number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>The pair at this position, in the order of the calls to <see cref="Add"/>.</summary>
    internal ImagePair this[int index] => _pairs[index];

    /// <summary>Prepares a pair and adds it. The given images are not retained.</summary>
    /// <param name="input">The input image: gray, RGB or RGBA.</param>
    /// <param name="target">The target image: gray, RGB or RGBA, with the input's aspect ratio.</param>
    /// <param name="name">The name of the pair in messages and reports.</param>
    /// <exception cref="ArgumentException">
    /// The aspect ratios of the two images differ by more than two percent, or the preprocessing mode does not allow their sizes.
    /// </exception>
    public void Add(PixelImage input, PixelImage target, string? name = null) => AddPrepared(input, target, name);

    /// <summary>Same as <see cref="Add"/>, but returns the prepared pair.</summary>
    internal ImagePair AddPrepared(PixelImage input, PixelImage target, string? name)
    {
        var pair = Preparation.Prepare(input, target, name);
        _pairs.Add(pair);
        return pair;
    }

    IEnumerable<ImagePair> IPairSource.Read(CancellationToken cancel) => _pairs;
}

/// <summary>Checks that a training can use a source of pairs.</summary>
internal static class PairSourceCheck
{
    /// <param name="pairs">The source.</param>
    /// <param name="parameter">The name of the parameter that contains it.</param>
    /// <param name="role">The role of the pairs: "training" or "validation".</param>
    /// <param name="expected">The preparation that the training requires.</param>
    /// <exception cref="ArgumentException">There are no pairs, or they were prepared for other options.</exception>
    public static void Check(IPairSource pairs, string parameter, string role, PairPreparation expected)
    {
        if (pairs.Count == 0)
            throw new ArgumentException($"The {role} set is empty; expected at least one pair.", parameter);
        if (pairs is ImagePairs { Preparation: var prepared } && prepared != expected)
        {
            throw new ArgumentException(
                $"The {role} pairs were prepared with options other than the trainer's.\n  Prepared with: {prepared}\n  " +
                $"Expected: {expected}\nCreate the ImagePairs with the options of the trainer, and validation pairs with " +
                "ImagePairs.ForValidation.",
                parameter);
        }
    }
}
