using DrawnData.Objects;
using Pix2Pix;
using Pix2Pix.Imaging;

namespace Quickstart;

/// <summary>Pairs to start with: the edges of drawn objects (A) and the objects (B).</summary>
internal static class DrawnPairs
{
    private const int Count = 220;

    /// <summary>The drawn pairs; every tenth by name is for the test.</summary>
    public static PairSet Make(QuickstartOptions options) =>
        PairSet.Split([.. DrawnObjects.Draw(Count, options.Size, options.Seed).Select(drawing =>
        {
            PixelImage edges = ChannelConversion.ToChannels(EdgeDrawing.Draw(drawing.Photo), ImageChannels.Rgb);
            var pair = options.Direction == Direction.AtoB ? (edges, drawing.Photo) : (drawing.Photo, edges);
            return new Pair(drawing.Name, () => pair);
        }).OrderBy(pair => pair.Name, StringComparer.Ordinal)]);
}
