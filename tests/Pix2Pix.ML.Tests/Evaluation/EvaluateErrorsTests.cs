using Microsoft.ML;
using Pix2Pix.Metrics;
using Pix2Pix.ML.Data;
using static Pix2Pix.ML.Tests.Evaluation.EvaluatedRows;

namespace Pix2Pix.ML.Tests.Evaluation;

/// <summary>What an evaluation says of data and options that it cannot use.</summary>
public sealed class EvaluateErrorsTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Evaluate_FaultyRows_NamesAllOfThem()
    {
        var data = _context.View(
            [
                .. Noisy(40, 8),
                new TestRow { Name = "a.png", Target = TestImages.Target(1) },
                new TestRow { Name = "b.png", Input = TestImages.Input(1, 64, 32), Target = TestImages.Target(1) },
                .. Noisy(40, 8),
                new TestRow { Input = TestImages.Input(1) },
                new TestRow(),
            ]);

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.Evaluate(data, "Input"));

        Assert.Equal(
            """
            4 of 84 rows could not be evaluated. Fix these rows or filter them out:
              Row 41 (a.png): column 'Input' is null; expected an image. Check that its file exists and can be read.
              Row 42 (b.png): The translation is 64x32 and the target is 32x32; expected equal sizes. Resize one of them with ResizeImages, or set Pix2PixOptions.Sizing to translate at the original size.
              Row 83: column 'Target' is null; expected an image. Check that its file exists and can be read.
              Row 84: column 'Input' is null; expected an image. Check that its file exists and can be read.
            """,
            error.Message);
        Assert.Equal(4, error.Problems.Count);
    }

    [Fact]
    public void Evaluate_NoRowIsAnyGood_DoesNotReadThemAll()
    {
        var read = 0;
        var rows = Noisy(300, 8).Select(row =>
        {
            read++;
            row.Target = TestImages.Target(1);
            return row;
        });

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.Evaluate(_context.View(rows), "Input"));

        Assert.StartsWith("None of the first 100 rows can be evaluated, so the remaining rows were not read. Fix these rows", error.Message);
        Assert.Equal(100, error.Problems.Count);
        Assert.InRange(read, 100, 101);
    }

    [Fact]
    public void Evaluate_UnreadableFiles_AreNamed()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-evaluate-");
        try
        {
            TestImages.Input(1).Save(Path.Combine(folder.FullName, "good.png"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "bad.png"), [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "empty.png"), []);
            var files = _context.Data.LoadFromEnumerable(((string[])["good.png", "bad.png", "empty.png"]).Select(file => new FileRow { File = file }));
            var data = _context.Transforms.LoadImages("Output", folder.FullName, "File").Fit(files).Transform(files);

            var error = Assert.Throws<PairDataException>(
                () => _context.ImageTranslation.Evaluate(data, "Output", "Output", new() { FindPalette = true }));

            Assert.StartsWith("2 of 3 rows could not be evaluated.", error.Message);
            Assert.StartsWith("Row 2 (bad.png): column 'Output' ", error.Problems[0]);
            Assert.StartsWith("Row 3 (empty.png): column 'Output' ", error.Problems[1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Evaluate_NoRows_SaysSo()
    {
        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.Evaluate(_context.View(), "Input"));

        Assert.Equal("The data has no rows; expected at least one translation and its target.", error.Message);
    }

    [Fact]
    public void Evaluate_WrongColumns_NamesAllOfThem()
    {
        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation.Evaluate(_context.View(), "Output", "Name"));

        Assert.Equal(
            """
            Column 'Output' does not exist; the available columns are 'Name', 'Input', 'Target'.
            Column 'Name' has type String, but Pix2Pix evaluates images. Append LoadImages("Name", ...) before Pix2Pix.
            """,
            error.Message);
        Assert.Throws<ArgumentException>(() => _context.ImageTranslation.Evaluate(_context.View(), string.Empty));
        Assert.Throws<ArgumentNullException>(() => _context.ImageTranslation.Evaluate(null!));
        Assert.Throws<ArgumentNullException>(() => ((MLContext)null!).ImageTranslation);
    }

    [Fact]
    public void Evaluate_Contradictions_NamesAllOfThem()
    {
        var options = new EvaluationOptions
        {
            Palette = new LabelPalette([new(0, 0, 0), new(1, 1, 1)]),
            FindPalette = true,
            Ssim = false,
            Page = new() { File = "page.html", SortBy = RowScore.Ssim },
        };

        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation.Evaluate(_context.View(), "Input", "Target", options));

        Assert.Equal(
            """
            The options contradict each other:
              Palette is set and FindPalette is true; set only one of them.
              Page.SortBy is Ssim, which is not computed; turn this score on, or sort by another one.
            """,
            error.Message);
    }

    [Fact]
    public void Options_OutOfRange_SaySo()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationOptions { Threads = 0 });
        Assert.Throws<ArgumentException>(() => new ComparisonPageOptions { File = " " });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComparisonPageOptions { File = "a", Rows = 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComparisonPageOptions { File = "a", SortBy = (RowScore)99 });
        Assert.Throws<ArgumentException>(() => new FeatureNetworkOptions { File = "" });
        Assert.Throws<ArgumentException>(() => new FeatureNetworkOptions { File = "a", Mean = [1f] });
        Assert.Equal(
            "Deviation is 1, 0, 1; expected three numbers above 0. (Parameter 'Deviation')",
            Assert.Throws<ArgumentException>(() => new FeatureNetworkOptions { File = "a", Deviation = [1f, 0f, 1f] }).Message);
    }

    [Fact]
    public void Evaluate_TargetsThatAreNoLabelMaps_HaveNoPalette()
    {
        var data = _context.View(Row(Noise(16, 1), Solid(16, 3, 3, 3)));

        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation.Evaluate(data, "Input", options: new() { FindPalette = true }));

        Assert.StartsWith("The palette of column 'Target' cannot be determined: Found 1 color cluster in 256 pixels; expected", error.Message);
    }

    private sealed class FileRow
    {
        public string File { get; set; } = string.Empty;
    }
}
