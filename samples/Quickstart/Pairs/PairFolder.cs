using Pix2Pix.Torch.Data;

namespace Quickstart;

/// <summary>Folders of side-by-side images: a pair is one file, its left half is A, its right half is B.</summary>
internal static class PairFolder
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    /// <summary>The pairs that <paramref name="options"/> names: from --data, and from --test or every tenth of --data.</summary>
    /// <exception cref="InputException">A folder or a file cannot be used; the message names all of them.</exception>
    public static PairSet Open(QuickstartOptions options)
    {
        string[] data = FilesIn("--data", options.Data!);
        string[] test = options.Test is null ? [] : FilesIn("--test", options.Test);
        if (options.Test is null && data.Length < 2)
            throw new InputException($"'{options.Data}' (--data) holds one image; expected at least two, one to learn and one to test.");

        string?[] faults = [.. data.Concat(test).AsParallel().AsOrdered().Select(Fault)];
        string[] problems = [.. faults.OfType<string>(), .. Namesakes(data), .. Namesakes(test)];
        if (problems.Length > 0)
            throw new InputException("These files cannot be used. Replace or remove them:", problems);

        IEnumerable<Pair> pairs = data.Select(file => ToPair(file, options.Direction));
        return options.Test is null
            ? PairSet.Split(pairs)
            : new PairSet([.. pairs], [.. test.Select(file => ToPair(file, options.Direction))]);
    }

    private static string[] FilesIn(string option, string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"There is no folder '{folder}' ({option}).");

        string[] files = [.. Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))];
        if (files.Length == 0)
        {
            throw new InputException(
                $"There is no image in '{folder}' ({option}); expected *.jpg, *.jpeg or *.png files, each with a pair side by side.");
        }

        Array.Sort(files, (one, other) => string.CompareOrdinal(Path.GetFileName(one), Path.GetFileName(other)));
        return files;
    }

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
            RgbImage image = Pictures.Read(file);
            return image.Width % 2 == 0
                ? null
                : $"{file}: {image.Width}x{image.Height} pixels; the width must be even, to hold two halves.";
        }
        catch (InvalidDataException e)
        {
            return $"{file}: {e.Message}";
        }
        catch (UnauthorizedAccessException)
        {
            return $"{file}: no permission to read it.";
        }
    }

    // The translated images are named after their pairs.
    private static IEnumerable<string> Namesakes(string[] files) =>
        files.GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(", ", group)}: the same name; their translations would overwrite each other.");
}
