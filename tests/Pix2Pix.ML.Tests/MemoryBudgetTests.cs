using Microsoft.ML;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>Sets that do not fit into memory: rows are read again in each epoch.</summary>
public sealed class MemoryBudgetTests
{
    private const int PairBytes = 2 * 3 * 36 * 36;

    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public MemoryBudgetTests() => _context.Log += (_, e) => _log.Add(e.Message);

    private static Pix2PixOptions Small => TrainedModel.Options with
    {
        Training = TrainedModel.Options.Training with { ShuffleWindow = 3 },
        MemoryBudget = 3 * PairBytes,
    };

    [Fact]
    public void Fit_OverTheBudget_LearnsWhatMemoryTeaches()
    {
        var rows = new Rows(8, (_, row) => Good(row));
        using var streamed = Fit(Small, rows);
        using var kept = Fit(Small with { MemoryBudget = 8 * PairBytes }, new Rows(8, (_, row) => Good(row)));

        Assert.Equal(TestModels.Onnx(kept), TestModels.Onnx(streamed));
        Assert.Equal(8, streamed.Training!.Pairs);
        Assert.Equal((4, 4), (kept.Parity!.Images, streamed.Parity!.Images));
        Assert.Equal(4, rows.Passes); // one to check, one to compare the runtimes on, two epochs
        Assert.Contains(_log, line => line.Contains(
            "8 pairs of 36x36 pixels: 60.8 KiB, more than the budget of 22.8 KiB; streamed in each epoch through a shuffle window of " +
            "3 pairs (22.8 KiB); seed 7."));
        Assert.Contains(_log, line => line.Contains("8 pairs of 36x36 pixels, kept in memory: 60.8 KiB of the budget of 60.8 KiB; seed 7."));
        Assert.Contains(_log, line => line.Contains("(00:00:0") && line.Contains(" waiting for data)."));
    }

    [Fact]
    public void Fit_FilesOverTheBudget_LearnsWhatMemoryTeaches()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
        try
        {
            for (var i = 0; i < 5; i++)
                TestImages.Input(i).Save(Path.Combine(folder.FullName, $"{i}.png"));
            var files = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new FileRow { File = $"{i}.png" }));
            var images = _context.Transforms.LoadImages("Input", folder.FullName, "File")
                .Append(_context.Transforms.CopyColumns("Target", "Input"));

            using var streamed = images.Append(_context.ImageTranslation.Pix2Pix("Output", "Input", "Target", Small))
                .Fit(files).LastTransformer;
            using var kept = images
                .Append(_context.ImageTranslation.Pix2Pix("Output", "Input", "Target", Small with { MemoryBudget = 1 << 20 }))
                .Fit(files).LastTransformer;

            Assert.Equal(TestModels.Onnx(kept), TestModels.Onnx(streamed));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Fit_FaultyRowsBehindTheBudget_NamesAllOfThemBeforeTheFirstStep()
    {
        var options = Small with { Progress = new Callback(() => Assert.Fail("It trains.")) };

        var error = Assert.Throws<PairDataException>(() => Fit(options, new Rows(9, (_, row) => row is 1 or 7 or 8 ? Bad(row) : Good(row))));

        Assert.Equal(
            """
            3 of 9 rows cannot be used for training. Fix these rows or filter them out:
              Row 2 (row 1): column 'Input' is null; expected an image. Check that its file exists and can be read.
              Row 8 (row 7): column 'Input' is null; expected an image. Check that its file exists and can be read.
              Row 9 (row 8): column 'Input' is null; expected an image. Check that its file exists and can be read.
            """,
            error.Message);
    }

    [Fact]
    public void Fit_WindowOverTheBudget_SaysWhatFits()
    {
        var options = Small with
        {
            Training = Small.Training with { ShuffleWindow = 6 },
            Progress = new Callback(() => Assert.Fail("It trains.")),
        };

        var error = Assert.Throws<ArgumentException>(() => Fit(options, new Rows(8, (_, row) => Good(row))));

        Assert.Equal(
            "The data has 8 pairs of 62208 bytes in total, which must be streamed, but Training.ShuffleWindow keeps 6 pairs in memory, " +
            "which requires 46656 bytes; MemoryBudget is 23328. Set MemoryBudget to 46656 or more, or Training.ShuffleWindow to 3 or less.",
            error.Message);
    }

    [Fact]
    public void Fit_SetOfLessThanAWindowOverTheBudget_SaysWhatFits()
    {
        var options = Small with { Training = Small.Training with { ShuffleWindow = 1000 }, MemoryBudget = 100 };

        var error = Assert.Throws<ArgumentException>(() => Fit(options, new Rows(2, (_, row) => Good(row))));

        Assert.Equal(
            "The data has 2 pairs of 15552 bytes in total, which must be streamed, but Training.ShuffleWindow keeps 2 pairs in memory, " +
            "which requires 15552 bytes; MemoryBudget is 100. Set MemoryBudget to 15552 or more.",
            error.Message);
    }

    /// <summary>The third pass is the first epoch, the fourth the second.</summary>
    [Theory]
    [InlineData(4, 5, "other", 8, "Row 6 (row 5): its images differ from those of the first pass.")]
    [InlineData(3, 0, "other", 8, "Row 1 (row 0): its images differ from those of the first pass.")]
    [InlineData(4, 7, "bad", 8, "Row 8 (row 7): column 'Input' is null; expected an image. Check that its file exists and can be read.")]
    [InlineData(4, 0, "good", 7, "Row 8: the row is missing; the first pass had 8 rows.")]
    [InlineData(4, 0, "good", 9, "Row 9 (row 8): the first pass had only 8 rows.")]
    public void Fit_RowChangesInALaterEpoch_NamesIt(int pass, int row, string becomes, int count, string problem)
    {
        var rows = new Rows(at => at == pass ? count : 8, (at, i) => (at == pass && i == row ? becomes : "good") switch
        {
            "bad" => Bad(i),
            "other" => new TestRow { Name = $"row {i}", Input = TestImages.Input(i + 100), Target = TestImages.Target(i) },
            _ => Good(i),
        });

        var error = Assert.Throws<PairDataException>(() => Fit(Small, rows));

        Assert.Equal(
            "The data changed during training. It is larger than MemoryBudget, so its rows are read again in each epoch; expected the " +
            "same rows in the same order. Do not shuffle or sample the data before Pix2Pix, do not change its files, or raise " +
            "MemoryBudget:\n  " +
            problem,
            error.Message);
        Assert.Equal([problem], error.Problems);
    }

    [Fact]
    public void Size_Bytes_AreForPeople()
        => Assert.Equal(
            ["0.0 KiB", "1.0 KiB", "1.5 MiB", "4.0 GiB"], new[] { 10, 1024, 3L << 19, 4L << 30 }.Select(Pix2PixLog.Size));

    private static TestRow Good(int row) => new() { Name = $"row {row}", Input = TestImages.Input(row), Target = TestImages.Target(row) };

    private static TestRow Bad(int row) => new() { Name = $"row {row}", Input = null, Target = TestImages.Target(row) };

    private Pix2PixTransformer Fit(Pix2PixOptions options, Rows rows)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(_context.Data.LoadFromEnumerable(rows));

    /// <summary>Rows that are made anew in each pass, and know which one it is.</summary>
    private sealed class Rows(Func<int, int> count, Func<int, int, TestRow> make) : IEnumerable<TestRow>
    {
        public Rows(int count, Func<int, int, TestRow> make)
            : this(_ => count, make)
        {
        }

        public int Passes { get; private set; }

        public IEnumerator<TestRow> GetEnumerator()
        {
            var pass = ++Passes;
            for (var row = 0; row < count(pass); row++)
                yield return make(pass, row);
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class FileRow
    {
        public string File { get; set; } = string.Empty;
    }

    private sealed class Callback(Action report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report();
    }
}
