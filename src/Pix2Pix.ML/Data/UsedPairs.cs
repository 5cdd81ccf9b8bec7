using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>The evenly spaced subset of a larger set of pairs that is used, after a first pass has counted and checked all pairs.</summary>
internal static class UsedPairs
{
    /// <summary>Reads the subset into memory; the images of other rows are not read.</summary>
    /// <exception cref="PairDataException">A row has changed since the first pass.</exception>
    public static ImagePairs Read(IDataView view, PairColumns columns, DatasetRole purpose, DatasetIndex ledger, CancellationToken cancel)
    {
        var pairs = purpose.NewSet();
        var used = SecondPass.Read(
            view, columns, purpose, ledger, pairs.Add, row => EvenlySpacedSubset.Includes(row, ledger.Count, purpose.Window), cancel);
        foreach (var _ in used)
        {
            // Each is added as it is prepared.
        }

        return pairs;
    }
}
