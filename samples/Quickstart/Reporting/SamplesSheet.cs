using Pix2Pix.Torch.Data;

namespace Quickstart;

/// <summary>Images of one size on a white sheet: the images of a group close together, the groups in columns.</summary>
internal static class SamplesSheet
{
    private const int Gap = 4;
    private const int Margin = 16;

    /// <summary>Lays out <paramref name="groups"/>, each of as many images, in up to <paramref name="columns"/> columns.</summary>
    public static PixelImage Draw(IReadOnlyList<PixelImage[]> groups, int columns)
    {
        columns = Math.Min(columns, groups.Count);
        PixelImage first = groups[0][0];
        int rows = (groups.Count + columns - 1) / columns;
        int groupWidth = (groups[0].Length * (first.Width + Gap)) - Gap;
        int width = Margin + (columns * (groupWidth + Margin)), height = Margin + (rows * (first.Height + Gap)) - Gap + Margin;
        PixelImage sheet = new(width, height);
        Array.Fill(sheet.Pixels, byte.MaxValue);

        for (int i = 0; i < groups.Count; i++)
        {
            int x = Margin + (i % columns * (groupWidth + Margin)), y = Margin + (i / columns * (first.Height + Gap));
            foreach (PixelImage image in groups[i])
            {
                Paste(image, sheet, x, y);
                x += image.Width + Gap;
            }
        }

        return sheet;
    }

    private static void Paste(PixelImage image, PixelImage sheet, int x, int y)
    {
        int bytes = image.Width * image.Channels;
        for (int row = 0; row < image.Height; row++)
            image.Pixels.AsSpan(row * bytes, bytes).CopyTo(sheet.Pixels.AsSpan((((y + row) * sheet.Width) + x) * image.Channels));
    }
}
