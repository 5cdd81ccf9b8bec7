using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>A source of image pairs, from memory or any other storage. It is read in order once per epoch.</summary>
public interface IPairSource
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
