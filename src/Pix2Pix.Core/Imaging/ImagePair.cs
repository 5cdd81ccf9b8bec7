namespace Pix2Pix.Imaging;

/// <summary>An input image and its target image, of the same size.</summary>
/// <param name="Input">The input of the generator.</param>
/// <param name="Target">The image that the generator should produce.</param>
public sealed record ImagePair(PixelImage Input, PixelImage Target)
{
    /// <summary>The name of the pair in messages and reports, such as its file name.</summary>
    /// <value>The default is <see langword="null"/>: the pair has no name.</value>
    public string? Name { get; init; }
}
