using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Tests.Inference;

/// <summary>Cursors of translations before their first row, behind their last, disposed of and forgotten.</summary>
public sealed class CursorLifeTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Cursor_BeforeItsFirstRow_SaysSoAndGoesOn()
    {
        var rows = new ProbeView(() => TestImages.Input(1), () => TestImages.Input(2));
        var view = model.Transformer.Transform(rows);
        using var cursor = view.GetRowCursor([view.Schema["Output"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        MLImage image = null!;

        Assert.Contains("before its first row", Assert.Throws<InvalidOperationException>(() => getter(ref image)).Message);
        Assert.True(cursor.MoveNext());
        getter(ref image);

        using var input = TestImages.Input(1);
        using var expected = model.Transformer.Translate(input);
        Assert.Equal(TestImages.Hash(expected), TestImages.Hash(image));
        image.Dispose();
    }

    [Fact]
    public void Cursor_LeftToTheCollector_EndsTheReading()
    {
        var rows = new ProbeView(() => TestImages.Input(1), () => TestImages.Input(2), () => TestImages.Input(3), () => TestImages.Input(4));
        using var small = model.Transformer.With(execution: new() { BatchSize = 1 });
        Abandon(small.Transform(rows));

        for (var wait = 0; wait < 100 && rows.Open > 1; wait++) // the cursor in step is nobody's to dispose of
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(100);
        }

        Assert.InRange(rows.Open, 0, 1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Abandon(IDataView view)
        {
            var cursor = view.GetRowCursor([view.Schema["Output"]]);
            var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
            MLImage image = null!;
            cursor.MoveNext();
            getter(ref image);
            image.Dispose();
        }
    }

    [Fact]
    public void Cursor_BehindItsEndAndDisposedOf_SaysSo()
    {
        var rows = new ProbeView(() => TestImages.Input(1), () => TestImages.Input(2));
        var view = model.Transformer.Transform(rows);
        var cursor = view.GetRowCursor([view.Schema["Output"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        MLImage image = null!;
        while (cursor.MoveNext())
        {
        }

        Assert.Equal(
            "The cursor is past its last row. Stop reading when MoveNext returns false.",
            Assert.Throws<InvalidOperationException>(() => getter(ref image)).Message);
        cursor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => getter(ref image));
        Assert.Equal(0, rows.Open);
    }
}
