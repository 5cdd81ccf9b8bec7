using Microsoft.ML;
using Microsoft.ML.Data;

namespace TranslationSpeed;

/// <summary>A bare loop over session.Run against our column and against the stock chain, on the same file and the same images.</summary>
internal static class ColumnBenchmark
{
    public static void Run(Model model, int images, int chunk)
    {
        MLContext context = new(seed: 1);
        Row[] rows = [.. Enumerable.Range(0, images).Select(i => new Row { Input = Model.Draw(i, model.Size, model.Size) })];
        IDataView view = context.Data.LoadFromEnumerable(rows);
        using TransformerChain<ITransformer> ours = context.Model.LoadPix2Pix(model.Zip, out _);
        ITransformer stock = context.Model.Load(model.Zip, out _);
        using BareSession bare = new(model.Onnx, model.Size);
        using Column column = new(ours.Transform(view));
        using Column chain = new(stock.Transform(view));

        byte[][] bytes = [.. rows.Select(row => Abgr(row.Input!))];
        int next = 0;
        Turns turns = new();
        turns.Add("session.Run alone", count =>
        {
            for (int i = 0; i < count; i++)
            {
                bytes[next++].CopyTo(bare.Input, 0);
                bare.Run();
            }
        });
        turns.Add("our column", column.Translate);
        turns.Add("stock chain", chain.Translate);
        turns.Run(images, chunk);
        (stock as IDisposable)?.Dispose();
    }

    private static byte[] Abgr(MLImage image)
    {
        byte[] bytes = image.Pixels.ToArray();
        for (int i = 0; i < bytes.Length; i += 4)
            (bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]) = (bytes[i + 3], bytes[i], bytes[i + 1], bytes[i + 2]);
        return bytes;
    }

    /// <summary>A cursor over the column of translations.</summary>
    private sealed class Column : IDisposable
    {
        private readonly DataViewRowCursor _cursor;
        private readonly ValueGetter<MLImage> _getter;

        public Column(IDataView view)
        {
            DataViewSchema.Column column = view.Schema["Output"];
            _cursor = view.GetRowCursor([column]);
            _getter = _cursor.GetGetter<MLImage>(column);
        }

        public void Translate(int count)
        {
            for (int i = 0; i < count; i++)
            {
                _cursor.MoveNext();
                MLImage image = null!;
                _getter(ref image);
                image.Dispose();
            }
        }

        public void Dispose() => _cursor.Dispose();
    }
}
