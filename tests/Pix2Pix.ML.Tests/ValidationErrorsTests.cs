using Microsoft.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>Trainings that cannot be validated: what is refused, and in which words.</summary>
public sealed class ValidationErrorsTests
{
    private readonly MLContext _context = new(seed: 3);

    private static Pix2PixOptions Tiny => TestModels.Tiny with { Training = TestModels.Tiny.Training with { Epochs = 3 } };

    [Fact]
    public void Fit_OptionsThatContradict_AreAllNamedBeforeARowIsRead()
    {
        var options = Tiny with
        {
            ValidationSet = View(Row(1)),
            ValidationFraction = 0.1,
            Training = Tiny.Training with { Statistics = NormStatistics.Image },
            Inference = new() { Statistics = NormStatistics.Auto },
        };

        var error = Assert.Throws<ArgumentException>(() => Fit(options, _context.Data.LoadFromEnumerable(Unread())));

        Assert.Equal(
            """
            The options contradict each other:
              Training.Statistics is Image and Inference.Statistics is Auto: a generator trained with the statistics of each image has no running statistics. Leave Training.Statistics null, set it to Running, or set both to Image.
              ValidationSet is set and ValidationFraction is 0.1; set only one of them.
            """,
            error.Message);
    }

    [Fact]
    public void Fit_NothingToValidateWith_IsRefusedWhereItIsNeeded()
    {
        var options = Tiny with
        {
            Training = Tiny.Training with { Schedule = new() { Kind = ScheduleKind.Plateau } },
            Inference = new() { Statistics = NormStatistics.Auto },
        };

        var error = Assert.Throws<ArgumentException>(() => Fit(options, _context.Data.LoadFromEnumerable(Unread())));

        Assert.Equal(
            """
            The options contradict each other:
              Schedule.Kind is Plateau, which requires validation; provide validation pairs, or choose another schedule.
              Inference.Statistics is Auto, which requires validation; provide validation pairs, or choose Image or Running.
            """,
            error.Message);
    }

    [Fact]
    public void Fit_FaultyRowsOfBoth_AreAllNamed()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(
            Tiny with { ValidationSet = View(Row(1), new TestRow { Name = "v.png", Input = TestImages.Input(1) }) },
            View(new TestRow { Name = "a.png", Target = TestImages.Target(1) }, Row(2))));

        Assert.Equal(
            """
            1 of 2 rows cannot be used for training. Fix these rows or filter them out:
              Row 1 (a.png): column 'Input' is null; expected an image. Check that its file exists and can be read.
            1 of 2 rows cannot be used for validation. Fix these rows or filter them out:
              Validation row 2 (v.png): column 'Target' is null; expected an image. Check that its file exists and can be read.
            """,
            error.Message);
        Assert.Equal(2, error.Problems.Count);
    }

    [Fact]
    public void Fit_FaultyRowOfTheFraction_HasItsNumberInTheView()
    {
        var split = new ValidationSplit(0.25, Tiny.Training);
        var held = Enumerable.Range(0, 8).Last(row => split.IsValidation(row));
        TestRow[] rows = [.. Enumerable.Range(0, 8).Select(Row)];
        rows[held].Target = null;

        var error = Assert.Throws<PairDataException>(() => Fit(Tiny with { ValidationFraction = 0.25 }, View(rows)));

        Assert.Equal(
            $"""
            1 of 2 rows cannot be used for validation (row numbers count all 8 rows of the data). Fix these rows or filter them out:
              Row {held + 1} (row {held}): column 'Target' is null; expected an image. Check that its file exists and can be read.
            """,
            error.Message);
    }

    [Fact]
    public void Fit_NoRowToValidateWith_SaysSo()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(Tiny with { ValidationSet = View() }, View(Row(1))));
        Assert.Equal("ValidationSet has no rows; expected at least one pair of images.", error.Message);
    }

    [Theory]
    [InlineData(0, "The data has no rows; expected at least one pair of images.")]
    [InlineData(
        1,
        "The data has only one row, but ValidationFraction is 0.5, and this leaves no row for training. Add rows, or "
        + "set ValidationFraction to 0.")]
    public void Fit_FractionOfTooFewRows_SaysSoWhateverTheSeed(int count, string expected)
        => Assert.All(Enumerable.Range(0, 4), seed => Assert.Equal(expected, Assert.Throws<PairDataException>(() => Fit(
            Tiny with { ValidationFraction = 0.5, Training = Tiny.Training with { Seed = seed } }, View([.. Rows(count)]))).Message));

    [Fact]
    public void Fit_ColumnsOfBothViews_AreAllNamed()
    {
        var renamed = _context.Transforms.DropColumns("Target").Fit(View(Row(1))).Transform(View(Row(1)));

        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation
            .Pix2Pix("Output", "Inputs", "Target", Tiny with { ValidationSet = renamed }).Fit(View(Row(1))));

        Assert.Equal(
            """
            Column 'Inputs' does not exist; the available columns are 'Name', 'Input', 'Target'.
            Column 'Inputs' of ValidationSet does not exist; the available columns are 'Name', 'Input'.
            Column 'Target' of ValidationSet does not exist; the available columns are 'Name', 'Input'.
            """,
            error.Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.6)]
    [InlineData(double.NaN)]
    public void ValidationFraction_OutOfRange_SaysTheRange(double fraction)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixOptions { ValidationFraction = fraction });
        Assert.StartsWith(FormattableString.Invariant($"ValidationFraction is {fraction}; expected a value from 0 to 0.5."), error.Message);
    }

    private static IEnumerable<TestRow> Unread()
    {
        Assert.Fail("A row is read.");
        yield break;
    }

    private static TestRow Row(int i) => new() { Name = $"row {i}", Input = TestImages.Input(i), Target = TestImages.Target(i) };

    private static IEnumerable<TestRow> Rows(int count) => Enumerable.Range(0, count).Select(Row);

    private IDataView View(params TestRow[] rows) => _context.Data.LoadFromEnumerable(rows);

    private Pix2PixTransformer Fit(Pix2PixOptions options, IDataView rows)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(rows);
}
