using System.Numerics;
using DrawnData.Painting;
using Pix2Pix.Imaging;

namespace DrawnData.Fronts;

/// <summary>The label map of a front: one flat color for each part, in the manner of CMP Facades.</summary>
internal static class FrontLabels
{
    private static readonly Vector3[] Colors = // by FrontPart
    [
        Tone.Of(0x0000AA), Tone.Of(0xAA0000), Tone.Of(0x0000FF), Tone.Of(0x00AAFF),
        Tone.Of(0x55FFAA), Tone.Of(0xFFFF00), Tone.Of(0xFF5500), Tone.Of(0xFFAA00),
    ];

    public static PixelImage Paint(Front front, int size) => Canvas.Flat(size, (x, y) => Colors[(int)front.At(x, y).Part]);
}
