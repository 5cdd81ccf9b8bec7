using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Tells other pairs from the same ones.</summary>
internal static class PairsFingerprint
{
    /// <summary>What the source says of its pairs; else it is made of all of them.</summary>
    public static string Of(IPairSource pairs, CancellationToken cancel)
        => pairs.Fingerprint ?? PairChecksum.Join(pairs.Read(cancel).Select(pair =>
        {
            cancel.ThrowIfCancellationRequested();
            return PairChecksum.Of(pair);
        }));
}
