using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;
using TranslationSpeed;

namespace Parts;

/// <summary>
/// The time per image of a cursor over translations of images in memory: 32x32 pixels and one filter, so that the network takes little
/// time and the overhead dominates.
/// </summary>
[MemoryDiagnoser]
public class Column
{
    private const int Images = 256;
    private const int Size = 32;

    private readonly MLContext _context = new(seed: 1);
    private string _folder = "";
    private TransformerChain<ITransformer>? _model;
    private IDataView? _view;

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("pix2pix-parts-").FullName;
        _model = _context.ImageTranslation.LoadModel(new Model(_folder, Size, filters: 1).Zip, out _);
        Row[] rows = [.. Enumerable.Range(0, Images).Select(i => new Row { Input = Model.Draw(i, Size, Size) })];
        _view = _model.Transform(_context.Data.LoadFromEnumerable(rows));
    }

    [GlobalCleanup]
    public void Close()
    {
        _model?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Images)]
    public int Translate()
    {
        DataViewSchema.Column column = _view!.Schema["Output"];
        using DataViewRowCursor cursor = _view.GetRowCursor([column]);
        ValueGetter<MLImage> getter = cursor.GetGetter<MLImage>(column);
        int images = 0;
        for (; cursor.MoveNext(); images++)
        {
            MLImage image = null!;
            getter(ref image);
            image.Dispose();
        }

        return images == Images ? images : throw new InvalidOperationException($"Translated {images} of {Images} images.");
    }
}
