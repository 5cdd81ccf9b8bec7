using System.Diagnostics;
using System.Runtime.ExceptionServices;
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
                faults.Length == 0 ? "No images were loaded:"
                    : $"{Pluralize.Of(faults.Length, "fault")} in {Pluralize.Of(files, "file")}. Fix or remove these files, or set " +
                        "SkipFaulty:",
                [.. empty, .. faults]);
        }
    }
}

/// <summary>Checks many files in parallel.</summary>
internal static class FileChecks
{
    /// <summary>Checks each file. A problem with one file does not stop the others.</summary>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Dictionary<string, CheckedFile> Run(IEnumerable<string> paths, ImageLoadOptions options)
    {
        string[] files = [.. paths.Distinct(StringComparer.Ordinal)];
        var found = new Dictionary<string, CheckedFile>(files.Length, StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        var parallel = new ParallelOptions { CancellationToken = options.Cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.ForEach(files, parallel, Check);
        }
        catch (AggregateException e) // from the progress callback
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return found;

        void Check(string file)
        {
            var check = CheckedFile.Of(file, options.DecodeAll, options.Limits);
            lock (found)
            {
                found.Add(file, check);
                var (done, total) = (found.Count, files.Length);
                options.Progress?.Report(new ImageProgress(done, total, watch.Elapsed, watch.Elapsed / done * (total - done), file));
            }
        }
    }
}

/// <summary>The result of checking an image file.</summary>
/// <param name="Width">In pixels, after applying the orientation; 0 if unknown.</param>
/// <param name="Height">In pixels, after applying the orientation; 0 if unknown.</param>
/// <param name="Has16Bits">Whether channels have 16 bits, of which 8 are read.</param>
/// <param name="Problem">A predicate, as in "is truncated"; null if there is no problem.</param>
internal sealed record CheckedFile(int Width, int Height, bool Has16Bits, string? Problem)
{
    /// <summary>Checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="decode">Whether to decode the file; checking only the header and the end of the file finds fewer problems.</param>
    /// <param name="limits">What the file may contain.</param>
    public static CheckedFile Of(string path, bool decode, ImageLimits limits)
    {
        try
        {
            if (!ImageFiles.IsRead(path))
                return NoFile(path, $"has the unsupported format '{Path.GetExtension(path)}'; convert it to PNG");
            using var encoded = EncodedImage.Open(path, limits);
            var problem = decode ? encoded.DecodingProblem() : encoded.Problem;
            return new CheckedFile(encoded.Width, encoded.Height, encoded.Has16Bits, problem is null ? null : problem + Hint(path));
        }
        catch (InvalidDataException e) // a predicate
        {
            return Faulty(e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return NoFile(path, "does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Faulty($"cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    private static string Hint(string path) => Path.GetFileName(path).StartsWith("._", StringComparison.Ordinal)
        ? " (macOS creates such metadata files next to images; delete it)"
        : string.Empty;

    private static CheckedFile NoFile(string path, string problem)
        => Faulty(Directory.Exists(path) ? "is a folder; expected an image" : problem);

    private static CheckedFile Faulty(string problem) => new(0, 0, Has16Bits: false, problem);
}

/// <summary>Determines which rows of a listing can be used, and what is wrong with the others.</summary>
internal sealed class ListingCheck
{
    private const int MaxReasons = 3;

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
        : $"{_listing.Where}: no usable images.";

    /// <summary>Creates a view of the rows and logs unexpected properties.</summary>
    public ImageFileView ToView(Pix2PixLog log)
    {
        string[] deep = [.. Rows.SelectMany(row => row).Distinct().Where(path => _files[path].Has16Bits)];
        string[] notes = [.. deep.Select(path => $"'{path}' has 16 bits per channel; only the upper 8 are used.")];
        log.Info($"Loaded {Pluralize.Of(Rows.Count, "row")} from {_listing.Where}.");
        if (deep.Length > 0)
        {
            log.Warning(
                $"Found {Pluralize.Of(deep.Length, "file")} with 16 bits per channel in {_listing.Where}; only the upper 8 are used. The " +
                $"first file is '{deep[0]}'.");
        }

        foreach (var fault in Faults)
            log.Warning($"Skipped: '{fault.File}' {fault.Reason}.");
        return new ImageFileView(_columns, Rows, SizeOf) { Skipped = Faults, Notes = notes, Limits = _options.Limits };
    }

    private static string Joined(string[] reasons)
    {
        var rest = reasons.Length > MaxReasons ? $", and {Pluralize.Of(reasons.Length - MaxReasons, "more fault")}" : string.Empty;
        return string.Join(", and it ", reasons.Take(MaxReasons)) + rest;
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
            yield return "has 16 bits per channel; convert it to 8 bits, or set Refuse16Bit to false";
    }

    // The size of a column's images, if all rows have the same size.
    private (int Width, int Height)? SizeOf(ImageColumn column)
    {
        var sizes = Rows.Select(row => _files[row[column.File]]).Select(file => (column.Width(file), file.Height)).Distinct().Take(2).ToArray();
        return sizes.Length == 1 ? sizes[0] : null;
    }
}
