using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Computes a fingerprint of pairs to detect changed data.</summary>
internal static class PairsFingerprint
{
    /// <summary>The fingerprint provided by the source; otherwise computed from all pairs.</summary>
    public static string Of(IPairSource pairs, CancellationToken cancel)
        => pairs.Fingerprint ?? PairChecksum.Join(pairs.Read(cancel).Select(pair =>
        {
            cancel.ThrowIfCancellationRequested();
            return PairChecksum.Of(pair);
        }));
}
