using Microsoft.ML;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A pass over the targets only, to find their palette.</summary>
internal static class PaletteSearch
{
    /// <summary>The palette of the readable targets; null if there are none, in which case the next pass reports the errors.</summary>
    /// <exception cref="ArgumentException">The targets are not label maps.</exception>
    public static LabelPalette? In(IDataView view, string targetColumn, CancellationToken cancel)
    {
        var finder = new PaletteFinder();
        var found = false;
        using var rows = new PairCursor(view, PairColumns.Two(targetColumn, targetColumn));
        while (rows.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            if (rows.Read((target, _, _) => new ImagePair(target, target), out _) is not { } pair)
                continue;
            finder.Add(pair.Target);
            found = true;
        }

        try
        {
            return found ? finder.Find() : null;
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"Column '{targetColumn}' has no palette to be found. {e.Message}", e);
        }
    }
}
