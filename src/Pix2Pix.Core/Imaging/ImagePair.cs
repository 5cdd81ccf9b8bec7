namespace Pix2Pix.Imaging;

/// <summary>An input and the target it is to be turned into, of the same size.</summary>
/// <param name="Input">What the generator sees.</param>
/// <param name="Target">What it is to give.</param>
public sealed record ImagePair(PixelImage Input, PixelImage Target)
{
    /// <summary>What the pair is called in messages and reports: its file's name, say.</summary>
    /// <value>The default is <see langword="null"/>: it has no name.</value>
    public string? Name { get; init; }
}
