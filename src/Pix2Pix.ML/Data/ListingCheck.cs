namespace Pix2Pix.ML.Data;

/// <summary>Determines which rows of a listing can be used, and what is wrong with the others.</summary>
internal sealed class ListingCheck
{
    private const int MostReasons = 3;

    private readonly ImageListing _listing;
    private readonly ImageColumns _columns;
    private readonly IReadOnlyDictionary<string, CheckedFile> _files;
    private readonly ImageLoadOptions _options;

    public ListingCheck(
        ImageListing listing, ImageColumns columns, IReadOnlyDictionary<string, CheckedFile> files, ImageLoadOptions options)
    {
        (_listing, _columns, _files, _options) = (listing, columns, files, options);
        var faults = FileFaults();
        var rows = listing.Rows.Where(row => !row.Any(faults.ContainsKey))
            .ToLookup(row => columns.Problem(row, [.. row.Select(path => files[path])], options));
        Rows = [.. rows[null]];
        // A text file may name the same file in many rows.
        var misfits = rows.Where(group => group.Key is not null).SelectMany(group => group.Select(row => (File: row[0], Reason: group.Key!)))
            .GroupBy(fault => fault.File, fault => fault.Reason, StringComparer.Ordinal)
            .Select(file => new SkippedImage(file.Key, Joined([.. file.Distinct()])));
        Faults =
        [
            .. listing.Faults.Where(fault => !ImageFiles.IsImage(fault.File)),
            .. faults.Select(fault => new SkippedImage(fault.Key, fault.Value)).Concat(misfits).OrderBy(fault => fault.File, StringComparer.Ordinal),
        ];
    }

    /// <summary>The rows without a fault, in the listing's order.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>The faults, one per file.</summary>
    public IReadOnlyList<SkippedImage> Faults { get; }

    /// <summary>The error message if there are no rows.</summary>
    public string Emptiness => Faults.Count == 0 && _listing.Rows.Count == 0
        ? $"{_listing.Where}: {_listing.Emptiness}"
        : $"{_listing.Where}: nothing without a fault.";

    /// <summary>Creates a view of the rows and logs unexpected properties.</summary>
    public ImageFileView ToView(Pix2PixLog log)
    {
        string[] notes = [.. Rows.SelectMany(row => row).Distinct().Where(path => _files[path].Has16Bits)
            .Select(path => $"'{path}' has 16 bits a channel; the upper 8 are read.")];
        log.Info($"{Rows.Count} rows of {_listing.Where}.");
        if (notes.Length > 0)
            log.Warning($"{notes.Length} files of {_listing.Where} have 16 bits a channel, of which the upper 8 are read; the first is {notes[0]}");
        foreach (var fault in Faults)
            log.Warning($"Skipped: '{fault.File}' {fault.Reason}.");
        return new ImageFileView(_columns, Rows, SizeOf) { Skipped = Faults, Notes = notes };
    }

    private static string Joined(string[] reasons)
    {
        var rest = reasons.Length > MostReasons ? $", and {Pluralize.Of(reasons.Length - MostReasons, "more fault")}" : string.Empty;
        return string.Join(", and it ", reasons.Take(MostReasons)) + rest;
    }

    // If a file is faulty in two ways, both are reported together.
    private Dictionary<string, string> FileFaults()
    {
        var reasons = _listing.Faults.Where(fault => ImageFiles.IsImage(fault.File)).Select(fault => (fault.File, fault.Reason));
        var files = _listing.Rows.SelectMany(row => row).Concat(reasons.Select(fault => fault.File)).Distinct(StringComparer.Ordinal);
        return files.SelectMany(path => Problems(path).Select(problem => (File: path, Reason: problem)))
            .Concat(reasons)
            .GroupBy(fault => fault.File, fault => fault.Reason, StringComparer.Ordinal)
            .ToDictionary(fault => fault.Key, fault => Joined([.. fault]), StringComparer.Ordinal);
    }

    private IEnumerable<string> Problems(string path)
    {
        var file = _files[path];
        if (file.Problem is { } problem)
            yield return problem;
        else if (file.Has16Bits && _options.Refuse16Bit)
            yield return "has 16 bits a channel, of which 8 would be read; convert it, or leave Refuse16Bit off";
    }

    // The size of a column's images, if all rows have the same size.
    private (int Width, int Height)? SizeOf(ImageColumn column)
    {
        var sizes = Rows.Select(row => _files[row[column.File]]).Select(file => (column.Width(file), file.Height)).Distinct().Take(2).ToArray();
        return sizes.Length == 1 ? sizes[0] : null;
    }
}
