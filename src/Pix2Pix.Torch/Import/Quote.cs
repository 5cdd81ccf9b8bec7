namespace Pix2Pix.Torch.Import;

/// <summary>Formats untrusted text from a file for an error message.</summary>
internal static class Quote
{
    private const int MaxLength = 200;

    /// <summary>Quotes a name, replaces control characters and limits its length.</summary>
    public static string Name(string text)
    {
        var shown = text.Length <= MaxLength ? text : $"{text[..MaxLength]}...";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
