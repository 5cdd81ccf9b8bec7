using Microsoft.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>What of the rows to validate with is in memory, and who pays for it.</summary>
public sealed class ValidationMemoryTests
{
    private const int LearntBytes = 2 * 3 * 36 * 36;
    private const int JudgedBytes = 2 * 3 * 32 * 32;

    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public ValidationMemoryTests() => _context.Log += (_, e) => _log.Add(e.Message);

    private static Pix2PixOptions Tiny => TestModels.Tiny with { Validation = new() { MaxPairs = 2 } };

    [Fact]
    public void Read_MoreRowsThanAreUsed_KeepsTheUsedOnesAlone()
    {
        var (_, used) = Read(Tiny with { ValidationSet = View(50) });
        var (_, all) = Read(Tiny with { ValidationSet = View(50), Validation = new() { MaxPairs = 50 } });

        Assert.Equal((2, 50), (used!.Count, all!.Count));
        var pairs = all.Read(CancellationToken.None).ToList();
        Assert.Equal(
            new[] { pairs[0], pairs[25] }.SelectMany(pair => pair.Target.Pixels),
            used.Read(CancellationToken.None).SelectMany(pair => pair.Target.Pixels));
    }

    [Fact]
    public void Fit_RowThatIsNotUsedIsFaulty_NamesIt()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(Tiny with { ValidationSet = View(50, faulty: 48) }));
        Assert.StartsWith("Validation row 49: column 'Target' is null; ", Assert.Single(error.Problems));
    }

    [Fact]
    public void Fit_BudgetForOneOfBothSets_StreamsTheRowsToLearnFrom()
    {
        var options = Tiny with { ValidationSet = View(2), Training = Tiny.Training with { ShuffleWindow = 2 } };

        using var beside = Fit(options with { MemoryBudget = (6 * LearntBytes) + (2 * JudgedBytes) });
        using var streamed = Fit(options with { MemoryBudget = (6 * LearntBytes) + (2 * JudgedBytes) - 1 });

        Assert.Contains(_log, line => line.Contains("6 pairs of 36x36 pixels, kept in memory: 45.6 KiB of the budget of 57.6 KiB minus 12.0 KiB"));
        Assert.Contains(_log, line => line.Contains("6 pairs of 36x36 pixels take 45.6 KiB, more than the budget of 57.6 KiB minus 12.0"));
        Assert.Equal(TestModels.Onnx(beside), TestModels.Onnx(streamed));
    }

    [Fact]
    public void Fit_NoRoomForTheWindowBesideTheValidation_SaysWhatFits()
    {
        var options = Tiny with
        {
            ValidationSet = View(2),
            Training = Tiny.Training with { ShuffleWindow = 3 },
            MemoryBudget = (2 * LearntBytes) + (2 * JudgedBytes),
        };

        var error = Assert.Throws<ArgumentException>(() => Fit(options));

        Assert.Equal(
            "The data has 6 pairs of 46656 bytes in total, which must be streamed, but Training.ShuffleWindow keeps 3 pairs in memory, " +
            "which requires 23328 bytes; MemoryBudget is 27840, of which validation uses 12288. Set MemoryBudget to 35616 or more, or " +
            "Training.ShuffleWindow to 2 or less.",
            error.Message);
    }

    [Fact]
    public void Fit_ValidationOverTheBudget_SaysWhatFits()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(Tiny with { ValidationSet = View(9), MemoryBudget = JudgedBytes }));

        Assert.Equal(
            "Validation.MaxPairs keeps 2 validation pairs in memory, which requires 12288 bytes; MemoryBudget is 6144. Set " +
            "MemoryBudget to 12288 or more, or Validation.MaxPairs to 1 or less.",
            error.Message);
    }

    [Fact]
    public void Fit_UsedRowChangesBehindTheFirstPass_NamesIt()
    {
        var passes = 0;
        var rows = _context.Data.LoadFromEnumerable(Changing());

        var error = Assert.Throws<PairDataException>(() => Fit(Tiny with { ValidationSet = rows }));

        Assert.StartsWith("The validation data changed while it was read. It has more rows than ", error.Message);
        Assert.Equal(["Validation row 1: its images differ from those of the first pass."], error.Problems);

        IEnumerable<TestRow> Changing()
        {
            passes++;
            for (var i = 0; i < 4; i++)
                yield return Row(i + (10 * passes));
        }
    }

    private static TestRow Row(int i) => new() { Input = TestImages.Input(i), Target = TestImages.Target(i) };

    private IDataView View(int count, int? faulty = null) => _context.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(i => i == faulty ? new TestRow { Input = TestImages.Input(i) } : Row(i)));

    private (IPairSource Training, IPairSource? Validation) Read(Pix2PixOptions options)
        => new PairSets(View(6), options, options.Training).Read(
            new PairReader(PairColumns.Two("Input", "Target"), seed: 7, options.MemoryBudget, new Pix2PixLog(null, "test")),
            CancellationToken.None);

    private Pix2PixTransformer Fit(Pix2PixOptions options)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(View(6));
}
