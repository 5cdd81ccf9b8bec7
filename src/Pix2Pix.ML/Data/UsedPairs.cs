using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>The pairs of a larger set that are used, evenly spread, after a first pass has counted and checked them all.</summary>
internal static class UsedPairs
{
    /// <summary>Reads them into memory; the images of all other rows are left alone.</summary>
    /// <exception cref="PairDataException">A row is not what it was in the first pass.</exception>
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
