namespace Pix2Pix.Notebooks;

/// <summary>Stands in for the extension method of .NET Interactive's C# kernel by which cells show what is no text.</summary>
public static class Display
{
    private static Action<string, string>? Shown { get; set; }

    /// <summary>Shows a text of a MIME type: for <c>image/png</c> the base64 of a PNG file.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void DisplayAs(this string value, string mimeType)
        => (Shown ?? throw new InvalidOperationException("No cell is running that could show something.")).Invoke(value, mimeType);

    internal static void SendTo(Action<string, string>? shown) => Shown = shown;
}
