using Microsoft.ML;

namespace Pix2Pix.ML.Data;

/// <summary>Makes views of listed files, after all of these have been looked into.</summary>
internal static class ImageLoader
{
    /// <summary>A view for each listing.</summary>
    /// <exception cref="PairDataException">There are faults, or nothing without one; all of them are named, of all listings.</exception>
    public static ImageFileView[] Load(
        IReadOnlyList<ImageListing> listings, ImageColumns columns, ImageLoadOptions options, MLContext? mlContext)
    {
        using var log = new Pix2PixLog(mlContext, "Loading");
        var paths = listings.SelectMany(listing => listing.Rows.SelectMany(row => row).Concat(
            listing.Faults.Select(fault => fault.File).Where(ImageFiles.IsImage)));
        var files = FileChecks.Run(paths, options);
        ListingCheck[] checks = [.. listings.Select(listing => new ListingCheck(listing, columns, files, options))];
        Throw(checks, files.Count, options);
        return [.. checks.Select(check => check.ToView(log))];
    }

    // What makes a set empty is said as well: without it nothing can be loaded, skipping or not.
    private static void Throw(ListingCheck[] checks, int files, ImageLoadOptions options)
    {
        string[] faults = [.. checks.SelectMany(check => check.Faults).Select(fault => $"'{fault.File}' {fault.Reason}.")];
        string[] empty = [.. checks.Where(check => check.Rows.Count == 0).Select(check => check.Emptiness)];
        if (empty.Length > 0 || (faults.Length > 0 && !options.SkipFaulty))
        {
            throw new PairDataException(
                faults.Length == 0 ? "There is nothing to load:"
                    : $"{Pluralize.Of(faults.Length, "fault")} in {Pluralize.Of(files, "file")}. Mend these, remove them, or set SkipFaulty:",
                [.. empty, .. faults]);
        }
    }
}
