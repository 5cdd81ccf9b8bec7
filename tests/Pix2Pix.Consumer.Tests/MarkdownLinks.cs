using System.Text.RegularExpressions;

namespace Consumer.Tests;

/// <summary>The links of a Markdown file within the repository.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>Returns one sentence for each broken link of a file.</summary>
    /// <param name="path">The Markdown file.</param>
    public static IReadOnlyList<string> Problems(string path) => Problems(path, File.ReadAllText(path));

    /// <summary>Returns one sentence for each broken link of a text.</summary>
    /// <param name="path">The file that contains the text.</param>
    /// <param name="text">Markdown.</param>
    public static IReadOnlyList<string> Problems(string path, string text)
    {
        var folder = Path.GetDirectoryName(path)!;
        return [.. Links(text).Where(link => !IsElsewhere(link)).Select(link => Problem(path, folder, link)).OfType<string>()];
    }

    /// <summary>Returns the anchors of a page's headings, as GitHub creates them.</summary>
    public static IReadOnlySet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>();
        foreach (Match heading in Heading().Matches(Fence().Replace(Lines(text), string.Empty)))
        {
            var words = Link().Replace(heading.Groups[1].Value, "$1").Trim().ToLowerInvariant();
            var anchor = NoWord().Replace(words, string.Empty).Replace(' ', '-');
            var unique = anchor;
            for (var i = 1; !anchors.Add(unique); i++)
                unique = $"{anchor}-{i}";
        }

        return anchors;
    }

    /// <summary>Returns the targets of links and images, except those in code.</summary>
    public static IEnumerable<string> Links(string text)
        => Link().Matches(Code().Replace(Fence().Replace(Lines(text), string.Empty), "$1")).Select(link => link.Groups[2].Value);

    private static string? Problem(string path, string folder, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(folder, parts[0]));
        if (!File.Exists(target) && !Directory.Exists(target))
            return $"{link}: there is no such file or folder.";
        if (parts.Length == 1 || Anchors(File.ReadAllText(target)) is var anchors && anchors.Contains(parts[1]))
            return null;
        return $"{link}: there is no such heading, but {string.Join(", ", anchors)}.";
    }

    private static bool IsElsewhere(string link) => link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal);

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    [GeneratedRegex("^```.*?^```[^\n]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    // The text of a link may be code; a link within code does not count.
    [GeneratedRegex(@"(\[`[^`\n]*`\])|`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex NoWord();
}
