namespace Pix2Pix.ML.Data;

/// <summary>Defines how the files of a row become columns.</summary>
/// <param name="Images">The image columns.</param>
/// <param name="Paths">The text columns with the full paths of the files, one per file.</param>
internal sealed record ImageColumns(IReadOnlyList<ImageColumn> Images, IReadOnlyList<string> Paths)
{
    private const string Input = "Input";
    private const string Target = "Target";

    /// <summary>Two files per row.</summary>
    public static ImageColumns Pairs { get; } = new(
        [new(Input, 0, null), new(Target, 1, null)], [$"{Input}File", $"{Target}File"]);

    /// <summary>One file per row.</summary>
    public static ImageColumns Photos { get; } = new([new("Photo", 0, null)], ["File"]);

    /// <summary>One file per row that contains both images.</summary>
    public static ImageColumns SideBySide(PairSide inputSide) => new(
        [new(Input, 0, inputSide), new(Target, 0, inputSide == PairSide.Left ? PairSide.Right : PairSide.Left)], ["File"]);

    /// <summary>One file per row, without path columns.</summary>
    public static ImageColumns Single(string name) => new([new(name, 0, null)], []);

    /// <summary>The problem with a row whose files are each valid, reported as a fault of its first file; or null.</summary>
    public string? Problem(string[] paths, CheckedFile[] files, ImageLoadOptions options)
    {
        var (first, last) = (files[0], files[^1]);
        if (Images.Any(column => column.Half is not null) && first.Width % 2 != 0)
        {
            return $"is {Size(first)}; its width must be even, for two halves: one of {first.Width / 2} pixels would stand next to one of " +
                $"{(first.Width / 2) + 1}";
        }

        if (options.AllowDifferentSizes || (first.Width, first.Height) == (last.Width, last.Height))
            return null;
        return $"is {Size(first)}, and its target '{paths[^1]}' is {Size(last)}; expected one size, or AllowDifferentSizes";
    }

    private static string Size(CheckedFile file) => $"{file.Width}x{file.Height}";
}
