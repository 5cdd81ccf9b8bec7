using System.Numerics.Tensors;
using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>The bytes of an image as samples from 0 to 255.</summary>
internal sealed class PixelSamples(PixelImage image) : ISamples
{
    public int Width => image.Width;

    public int Height => image.Height;

    public int Channels => image.Channels;

    public void CopyRow(int y, Span<double> row)
        => TensorPrimitives.ConvertTruncating<byte, double>(image.Pixels.AsSpan(y * row.Length, row.Length), row);
}
