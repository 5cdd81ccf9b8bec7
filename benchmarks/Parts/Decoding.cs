using BenchmarkDotNet.Attributes;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix;
using Pix2Pix.ML.Data;

namespace Parts;

/// <summary>Decodes files of side-by-side pairs of 2 x 256x256 pixels from the system's file cache to two columns; per pair.</summary>
[MemoryDiagnoser]
public class Decoding
{
    private const int Pairs = 16;
    private const int Size = 256;

    private string _folder = "";
    private ImageFileView? _png;
    private ImageFileView? _jpeg;

    [GlobalSetup]
    public void Write()
    {
        _folder = Directory.CreateTempSubdirectory("pix2pix-parts-").FullName;
        MLContext context = new(seed: 1);
        string png = Path.Combine(Drawn.Pairs(DrawnKind.Fronts, _folder, new DrawnCounts(Pairs, 0, 0), Size, seed: 1), "train");
        string jpeg = Directory.CreateDirectory(Path.Combine(_folder, "jpeg")).FullName;
        foreach (string file in Directory.EnumerateFiles(png))
        {
            using MLImage image = MLImage.CreateFromFile(file);
            image.Save(Path.Combine(jpeg, Path.ChangeExtension(Path.GetFileName(file), ".jpg")));
        }

        _png = context.ImageTranslation.LoadPairs(png, PairSide.Left);
        _jpeg = context.ImageTranslation.LoadPairs(jpeg, PairSide.Left);
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Pairs)]
    public int Png() => Read(_png!);

    [Benchmark(OperationsPerInvoke = Pairs)]
    public int Jpeg() => Read(_jpeg!);

    private static int Read(IDataView view)
    {
        DataViewSchema.Column[] columns = [.. view.Schema.Where(column => column.Type is ImageDataViewType)];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<MLImage>[] getters = [.. columns.Select(column => cursor.GetGetter<MLImage>(column))];
        int pixels = 0;
        while (cursor.MoveNext())
        {
            foreach (ValueGetter<MLImage> getter in getters)
            {
                MLImage image = null!;
                getter(ref image);
                pixels += image.Width * image.Height;
                image.Dispose();
            }
        }

        return pixels == Pairs * 2 * Size * Size ? pixels : throw new InvalidOperationException($"Read {pixels} pixels.");
    }
}
