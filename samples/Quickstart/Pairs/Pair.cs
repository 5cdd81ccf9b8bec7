using Pix2Pix.Imaging;

namespace Quickstart;

/// <summary>An input and what shall become of it. Read when needed, so that a folder of pairs need not fit into memory.</summary>
/// <param name="Name">The file's name without its ending, or the drawing's name.</param>
/// <param name="Load">Reads both images.</param>
internal sealed record Pair(string Name, Func<(PixelImage Input, PixelImage Target)> Load);
