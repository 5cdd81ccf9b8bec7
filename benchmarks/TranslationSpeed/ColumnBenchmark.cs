using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;

namespace TranslationSpeed;

/// <summary>Compares a bare loop over session.Run with our column and with the stock chain, on the same file and images.</summary>
internal static class ColumnBenchmark
{
    public static void Run(Model model, int images, int chunk)
    {
        MLContext context = new(seed: 1);
        Row[] rows = Draw(model.Size, images);
        byte[][] bytes = [.. rows.Select(row => Abgr(row.Input!))];
        using TransformerChain<ITransformer> ours = context.ImageTranslation.LoadModel(model.Zip, out _);
        ExecutionOptions other = new() { Spinning = !ExecutionOptions.Default.Spinning };
        using TransformerChain<ITransformer> otherwise = context.ImageTranslation.LoadModel(model.Zip, out _, execution: other);
        ITransformer stock = context.Model.Load(model.Zip, out _);
        using BareSession bare = new(model.Onnx, model.Size);
        // Separate images, because the stock stages dispose their inputs.
        Row[] others = Draw(model.Size, images);

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
        Column column = new(context, ours, rows);
        Column chain = new(context, stock, others);
        turns.Add("our column", column.Translate);
        turns.Add($"our column, spinning {(other.Spinning ? "on" : "off")}", new Column(context, otherwise, rows).Translate);
        turns.Add("stock chain", chain.Translate);
        turns.Run(images, chunk);
        (stock as IDisposable)?.Dispose();
    }

    private static Row[] Draw(int size, int images)
        => [.. Enumerable.Range(0, images).Select(i => new Row { Input = Model.Draw(i, size, size) })];

    private static byte[] Abgr(MLImage image)
    {
        byte[] bytes = image.Pixels.ToArray();
        for (int i = 0; i < bytes.Length; i += 4)
            (bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]) = (bytes[i + 3], bytes[i], bytes[i + 1], bytes[i + 2]);
        return bytes;
    }

    /// <summary>
    /// Rows and the transformer that translates them, with a new cursor for each turn, because stock cursors prefetch beyond it.
    /// </summary>
    private sealed class Column(MLContext context, ITransformer transformer, Row[] rows)
    {
        private int _next;

        public void Translate(int count)
        {
            IDataView view = transformer.Transform(context.Data.LoadFromEnumerable(rows.AsSpan(_next, count).ToArray()));
            _next += count;
            DataViewSchema.Column column = view.Schema["Output"];
            using DataViewRowCursor cursor = view.GetRowCursor([column]);
            ValueGetter<MLImage> getter = cursor.GetGetter<MLImage>(column);
            while (cursor.MoveNext())
            {
                MLImage image = null!;
                getter(ref image);
                image.Dispose();
            }
        }
    }
}
