namespace Pix2Pix.Torch.Import;

/// <summary>Text of a file that is not trusted, as it may stand in a message.</summary>
internal static class Quote
{
    private const int MaxLength = 200;

    /// <summary>In quotation marks, without control characters, and not too long.</summary>
    public static string Name(string text)
    {
        var shown = text.Length <= MaxLength ? text : $"{text[..MaxLength]}...";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
