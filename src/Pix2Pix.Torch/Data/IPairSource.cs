using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>Pairs to learn from, read in order once an epoch: from memory, or from wherever they lie.</summary>
public interface IPairSource
{
    /// <summary>The number of pairs.</summary>
    int Count { get; }

    /// <summary>All pairs in order, at their load size. One reader at a time; may be called from a background thread.</summary>
    /// <param name="cancel">Ends the reading.</param>
    IEnumerable<ImagePair> Read(CancellationToken cancel);

    /// <summary>
    /// Told, from any thread, of a pair of the last reading that is not needed any more: its memory may be used again. Not each pair that
    /// was read comes back.
    /// </summary>
    /// <param name="pair">A pair that <see cref="Read"/> gave, once.</param>
    void Return(ImagePair pair)
    {
    }

    /// <summary>Any text that is another one where a pair is another one; checkpoints keep it to know the pairs again.</summary>
    /// <value>The default is <see langword="null"/>: a training that keeps checkpoints makes one by reading all pairs once.</value>
    string? Fingerprint => null;
}
