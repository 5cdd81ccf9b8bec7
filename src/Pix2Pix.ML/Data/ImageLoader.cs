using Microsoft.ML;

namespace Pix2Pix.ML.Data;

/// <summary>Creates views of listed files after checking all of them.</summary>
internal static class ImageLoader
{
    /// <summary>Creates a view for each listing.</summary>
    /// <exception cref="PairDataException">There are faults, or no valid rows; the message names the faults of all listings.</exception>
    public static ImageFileView[] Load(
        IReadOnlyList<ImageListing> listings, ImageColumns columns, ImageLoadOptions options, MLContext mlContext)
    {
        using var log = new Pix2PixLog(mlContext, "Loading");
        var paths = listings.SelectMany(listing => listing.Rows.SelectMany(row => row).Concat(
            listing.Faults.Select(fault => fault.File).Where(ImageFiles.IsImage)));
        var files = FileChecks.Run(paths, options);
        ListingCheck[] checks = [.. listings.Select(listing => new ListingCheck(listing, columns, files, options))];
        Throw(checks, files.Count, options);
        return [.. checks.Select(check => check.ToView(log))];
    }

    // Empty sets are reported as well: they prevent loading even if faulty files are skipped.
    private static void Throw(ListingCheck[] checks, int files, ImageLoadOptions options)
    {
        string[] faults = [.. checks.SelectMany(check => check.Faults).Select(fault => $"'{fault.File}' {fault.Reason}.")];
        string[] empty = [.. checks.Where(check => check.Rows.Count == 0).Select(check => check.Emptiness)];
        if (empty.Length > 0 || (faults.Length > 0 && !options.SkipFaulty))
        {
            throw new PairDataException(
                faults.Length == 0 ? "There is nothing to load:"
                    : $"{Pluralize.Of(faults.Length, "fault")} in {Pluralize.Of(files, "file")}. Fix or remove these files, or set SkipFaulty:",
                [.. empty, .. faults]);
        }
    }
}
