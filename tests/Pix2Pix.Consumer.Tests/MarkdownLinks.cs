using System.Text.RegularExpressions;

namespace Consumer.Tests;

/// <summary>The links of a Markdown file within the repository.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>One sentence for each link of a file that leads nowhere.</summary>
    /// <param name="path">The Markdown file.</param>
    public static IReadOnlyList<string> Problems(string path) => Problems(path, File.ReadAllText(path));

    /// <summary>One sentence for each link of a text that leads nowhere.</summary>
    /// <param name="path">The file that holds the text.</param>
    /// <param name="text">Markdown.</param>
    public static IReadOnlyList<string> Problems(string path, string text)
    {
        var folder = Path.GetDirectoryName(path)!;
        return [.. Links(text).Where(link => !IsElsewhere(link)).Select(link => Problem(path, folder, link)).OfType<string>()];
    }

    /// <summary>What a page's headings are called in links, by GitHub's rule.</summary>
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

    /// <summary>Where links and images lead to, those in code left out.</summary>
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

    // A link's own text may be code; a link within code is none.
    [GeneratedRegex(@"(\[`[^`\n]*`\])|`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex NoWord();
}
