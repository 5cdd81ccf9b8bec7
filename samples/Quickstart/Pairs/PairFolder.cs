using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Quickstart;

/// <summary>Folders of side-by-side images: a pair is one file, its left half is A, its right half is B.</summary>
/// <remarks>
/// Where all rows are for Fit, <c>mlContext.ImageTranslation.LoadPairs</c> does this in one line. Here pairs are a list: every tenth is kept
/// apart, previews take some out of the middle, and what is wrong in both folders is said at once, with the options that named them.
/// </remarks>
internal static class PairFolder
{
    /// <summary>The pairs that <paramref name="options"/> names: from --data, and from --test or every tenth of --data.</summary>
    /// <exception cref="InputException">A folder or a file cannot be used; the message names all of them.</exception>
    public static PairSet Open(QuickstartOptions options)
    {
        IReadOnlyList<string> data = ImageFiles.In(options.Data!);
        IReadOnlyList<string> test = options.Test is null ? [] : ImageFiles.In(options.Test);
        string?[] faults =
        [
            TooFew("--data", options.Data!, data.Count, options.Test is null ? 2 : 1),
            options.Test is null ? null : TooFew("--test", options.Test, test.Count, 1),
            .. data.Concat(test).AsParallel().AsOrdered().Select(Fault),
            .. Namesakes(data),
            .. Namesakes(test),
        ];
        if (faults.Any(fault => fault is not null))
            throw new InputException("These cannot be used. Replace or remove them:", faults.OfType<string>());

        Pair[] pairs = [.. data.Select(file => ToPair(file, options.Direction))];
        return options.Test is null
            ? PairSet.Split(pairs)
            : new PairSet(pairs, [.. test.Select(file => ToPair(file, options.Direction))]);
    }

    private static string? TooFew(string option, string folder, int files, int least) => files >= least
        ? null
        : $"{folder} ({option}): {files} images; expected at least {least}, *.jpg, *.jpeg or *.png, each with a pair side by side.";

    private static Pair ToPair(string file, Direction direction) => new(
        Path.GetFileNameWithoutExtension(file),
        () =>
        {
            var (a, b) = SideBySide.Split(Pictures.Read(file));
            return direction == Direction.AtoB ? (a, b) : (b, a);
        });

    // Reads the file once, before anything else is done: better now than in the middle of a training.
    private static string? Fault(string file)
    {
        try
        {
            PixelImage image = Pictures.Read(file);
            return image.Width % 2 == 0
                ? null
                : $"{file}: {image.Width}x{image.Height} pixels; the width must be even, to hold two halves.";
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
        catch (UnauthorizedAccessException)
        {
            return $"{file}: no permission to read it.";
        }
    }

    // The translated images are named after their pairs.
    private static IEnumerable<string> Namesakes(IReadOnlyList<string> files) =>
        files.GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(", ", group)}: the same name; their translations would overwrite each other.");
}
