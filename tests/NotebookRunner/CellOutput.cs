namespace Pix2Pix.Notebooks;

/// <summary>What a cell put out.</summary>
/// <param name="Kind">As a notebook file calls it: <c>stream</c>, <c>display_data</c> or <c>execute_result</c>.</param>
/// <param name="MimeType">What <paramref name="Text"/> is; <c>text/plain</c> for streams.</param>
/// <param name="Text">The text, or the base64 of an image.</param>
internal sealed record CellOutput(string Kind, string MimeType, string Text)
{
    public const string Stream = "stream";
    public const string Display = "display_data";
    public const string Result = "execute_result";
    public const string PlainText = "text/plain";
    public const string Png = "image/png";

    /// <summary>What the outputs of any two runs have in common: the kind, and for a picture its size.</summary>
    public string Shape => MimeType == Png ? $"{Kind} {MimeType} of {PngPicture.Size(Text)}" : $"{Kind} {MimeType}";
}
