using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;

namespace Pix2Pix.ML.Data;

/// <summary>Draws the first rows of a view on one sheet.</summary>
internal static class Preview
{
    private const int LargestCell = 256;

    public static void Save(IDataView view, string path, int rows)
    {
        PngPath.Check(path, nameof(path));
        var sheet = ImageSheet.Draw(InCells(Read(view, rows)));
        AtomicFile.Write(Path.GetFullPath(path), stream => PngFile.Write(sheet, stream));
    }

    private static List<PixelImage?[]> Read(IDataView view, int rows)
    {
        DataViewSchema.Column[] columns = [.. view.Schema.Where(column => column.Type is ImageDataViewType && !column.IsHidden)];
        if (columns.Length == 0)
            throw new ArgumentException("The view has no image column; expected at least one column of MLImage.", nameof(view));
        using var cursor = view.GetRowCursor(columns);
        var getters = columns.Select(cursor.GetGetter<MLImage>).ToArray();
        var images = new MLImage?[columns.Length];
        var shown = new List<PixelImage?[]>();
        while (shown.Count < rows && cursor.MoveNext())
        {
            for (var i = 0; i < getters.Length; i++)
                getters[i](ref images[i]!);
            shown.Add([.. images.Select(image => image is null ? null : Fit(PixelLayout.ToRgba(image)))]);
        }

        return shown.Count > 0 ? shown : throw new ArgumentException("The view has no rows; expected at least one.", nameof(view));
    }

    private static PixelImage Fit(PixelImage image)
    {
        var scale = Math.Min(1, LargestCell / (double)Math.Max(image.Width, image.Height));
        return ImageResizer.Resize(image, Side(image.Width), Side(image.Height));

        int Side(int side) => Math.Max(1, (int)Math.Round(side * scale));
    }

    // The sheet's images have the same size: smaller and missing images are padded with transparency.
    private static List<IReadOnlyList<PixelImage>> InCells(List<PixelImage?[]> rows)
    {
        var images = rows.SelectMany(row => row).OfType<PixelImage>().ToArray();
        if (images.Length == 0)
            throw new ArgumentException($"All images are null in the first {Pluralize.Of(rows.Count, "row")} of the view.", nameof(rows));
        var (width, height) = (images.Max(image => image.Width), images.Max(image => image.Height));
        return [.. rows.Select(row => (IReadOnlyList<PixelImage>)[.. row.Select(image => InCell(image, width, height))])];
    }

    private static PixelImage InCell(PixelImage? image, int width, int height)
    {
        var cell = new PixelImage(width, height, channels: 4);
        if (image is null)
            return cell;
        var (left, top) = ((width - image.Width) / 2, (height - image.Height) / 2);
        for (var y = 0; y < image.Height; y++)
        {
            image.Pixels.AsSpan(y * image.Width * image.Channels, image.Width * image.Channels)
                .CopyTo(cell.Pixels.AsSpan((((top + y) * width) + left) * cell.Channels));
        }

        return cell;
    }
}
