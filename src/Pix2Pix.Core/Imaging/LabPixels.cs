using System.Numerics;

namespace Pix2Pix.Imaging;

/// <summary>
/// <see cref="LabColor.FromRgb"/> for several pixels at a time. Vector arithmetic gives the same bits as scalar arithmetic in less time.
/// </summary>
internal static class LabPixels
{
    /// <summary>Converts pixels to the bytes of <see cref="LabBytes"/>: lightness, a, b.</summary>
    /// <param name="rgb">The pixels: red, green, blue.</param>
    /// <param name="lab">The result, of the same length.</param>
    public static void ToBytes(ReadOnlySpan<byte> rgb, Span<byte> lab)
    {
        var lanes = Vector<double>.Count;
        Span<double> red = stackalloc double[lanes], green = stackalloc double[lanes], blue = stackalloc double[lanes];
        Span<double> lightness = stackalloc double[lanes], a = stackalloc double[lanes], b = stackalloc double[lanes];
        for (var start = 0; start < rgb.Length; start += PixelImage.Rgb * lanes)
        {
            var pixels = rgb[start..Math.Min(rgb.Length, start + PixelImage.Rgb * lanes)];
            for (var i = 0; i < pixels.Length; i += PixelImage.Rgb)
            {
                red[i / PixelImage.Rgb] = SRgb.Lights[pixels[i]];
                green[i / PixelImage.Rgb] = SRgb.Lights[pixels[i + 1]];
                blue[i / PixelImage.Rgb] = SRgb.Lights[pixels[i + 2]];
            }

            var (r, g, bl) = (new Vector<double>(red), new Vector<double>(green), new Vector<double>(blue));
            var (x, y, z) = (Compressed(Share(0, r, g, bl)), Compressed(Share(1, r, g, bl)), Compressed(Share(2, r, g, bl)));
            (y * 116 - new Vector<double>(16)).CopyTo(lightness);
            ((x - y) * 500).CopyTo(a);
            ((y - z) * 200).CopyTo(b);
            for (var i = 0; i < pixels.Length; i += PixelImage.Rgb)
            {
                var pixel = i / PixelImage.Rgb;
                lab[start + i] = LabBytes.Lightness(lightness[pixel]);
                (lab[start + i + 1], lab[start + i + 2]) = LabBytes.Chroma(new LabColor(lightness[pixel], a[pixel], b[pixel]));
            }
        }
    }

    private static Vector<double> Share(int row, Vector<double> r, Vector<double> g, Vector<double> b)
        => (r * LabColor.ToXyz[row][0] + g * LabColor.ToXyz[row][1] + b * LabColor.ToXyz[row][2]) / new Vector<double>(LabColor.White[row]);

    private static Vector<double> Compressed(Vector<double> share)
        => Vector.ConditionalSelect(
            Vector.GreaterThan(share, new Vector<double>(LabColor.Epsilon)),
            CubeRoot(share),
            (share * LabColor.Kappa + new Vector<double>(16)) / new Vector<double>(116));

    // Same as LabColor's. For shares where the root is not selected, it is still finite.
    private static Vector<double> CubeRoot(Vector<double> x)
    {
        var root = Vector<double>.One;
        for (var i = 0; i < 6; i++)
        {
            var cube = root * root * root;
            root = root * (cube + x * 2) / (cube * 2 + x);
        }

        return root;
    }
}
