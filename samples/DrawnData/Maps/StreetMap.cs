using System.Numerics;
using DrawnData.Painting;
using Pix2Pix.Imaging;

namespace DrawnData.Maps;

/// <summary>The map of a town, in flat colors as street maps have them.</summary>
internal static class StreetMap
{
    private static readonly Vector3[] Colors = // by TownPart
    [
        Tone.Of(0xEFEBE2), Tone.Of(0xD6CFC4), Tone.Of(0xC0E2A8), Tone.Of(0xA3CCFF), Tone.Of(0xFFFFFF), Tone.Of(0xFFD773),
    ];

    public static PixelImage Paint(Town town, int size) => Paint(town, size, size, size);

    public static PixelImage Paint(Town town, int width, int height, int scale)
        => Canvas.Flat(width, height, scale, (x, y) => Colors[(int)town.At(x, y).Part]);
}
