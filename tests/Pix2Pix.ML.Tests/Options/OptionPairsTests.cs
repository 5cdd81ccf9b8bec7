using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Tests.Options;

/// <summary>
/// Every pair of option values either can be trained, saved and loaded, or is rejected before a row is read. A contradiction found later
/// costs the user a training run.
/// </summary>
public sealed class OptionPairsTests : IDisposable
{
    private const int Side = 64;
    private const int Rows = 20;
    private const int BatchSize = 4;
    private const int Translated = 3;

    private static readonly Pix2PixOptions Base = new()
    {
        Generator = new() { Width = Side, Height = Side, Filters = 2 },
        Training = new() { Epochs = 1, BatchSize = BatchSize, Seed = 3 },
    };

    private static readonly IReadOnlyList<IReadOnlyList<OptionValue>> Combinations =
        PairwiseRows.Of(OptionValue.All, values => !IsContradiction(Set(values, "folder")));

    private static readonly Dictionary<string, OptionValue[]> Contradicting = PairwiseRows.Pairs(OptionValue.All)
        .Select(pair => (OptionValue[])[pair.First, pair.Second])
        .Where(values => IsContradiction(Set(values, "folder")))
        .ToDictionary(values => string.Join(", ", values.AsEnumerable()));

    private readonly MLContext _context = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-options-");

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Combinations.Count)];

    public static TheoryData<string> Contradictions => [.. Contradicting.Keys];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Fit_CombinationOfValues_TrainsSavesAndLoads(int number)
    {
        var options = Set(Combinations[number], _folder.FullName);
        try
        {
            using var model = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(TrainingRows(options));
            AssertOpensAnywhere(model, options);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{string.Join(", ", Combinations[number])}: {e}");
        }
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Fit_Contradiction_IsRejectedBeforeARowIsRead(string values)
    {
        var options = Set(Contradicting[values], _folder.FullName);
        var rows = new ProbeView(() => TestImages.Input(0, Side, Side));

        var error = Assert.Throws<ArgumentException>(
            () => _context.ImageTranslation.Pix2Pix("Output", "Input", "Input", options).Fit(rows));

        Assert.StartsWith("The options contradict each other:", error.Message);
        Assert.Equal(0, rows.Read);
    }

    [Fact]
    public void Fit_BatchThatFitsNoArray_IsRejectedBeforeARowIsRead()
    {
        var options = Base with
        {
            Generator = Base.Generator with { Width = 1024, Height = 1024, Filters = 1 },
            Execution = new() { BatchSize = 1024 },
        };
        var rows = new ProbeView(() => TestImages.Input(0));

        var error = Assert.Throws<ArgumentException>(
            () => _context.ImageTranslation.Pix2Pix("Output", "Input", "Input", options).Fit(rows));

        Assert.Equal(
            "The options contradict each other:\n  Execution.BatchSize is 1024; expected at most 511 for images of 1024x1024.", error.Message);
        Assert.Equal(0, rows.Read);
    }

    // Contradictions that are found without opening a model, and the one that is not: dropout masks, which five-level networks lack.
    private static bool IsContradiction(Pix2PixOptions options)
    {
        var training = options.Training with { Statistics = options.Training.Statistics ?? Learned(options.Inference.Statistics) };
        var run = new TrainingRun(options)
        {
            ValidationSet = options.ValidationFraction > 0 ? ImagePairs.ForValidation(options.Generator, training) : null,
        };
        var hasMasks = options.Generator is { Dropout: true, Kind: GeneratorKind.ResNet } or { Dropout: true, Width: > 32 };
        return OptionsCheck.Problems(options.Generator, options.Discriminator, training, run).Any()
            || (options is { Sizing.Kind: ImageSizing.OriginalSize, Inference.Dropout: true } && hasMasks);
    }

    private static NormStatistics Learned(NormStatistics inference)
        => inference == NormStatistics.Auto ? NormStatistics.Running : inference;

    private static Pix2PixOptions Set(IEnumerable<OptionValue> values, string folder)
        => values.Aggregate(Base, (options, value) => value.Set(options, folder));

    private void AssertOpensAnywhere(Pix2PixTransformer model, Pix2PixOptions options)
    {
        var path = Path.Combine(_folder.FullName, "model.zip");
        _context.Model.Save(model, null, path);
        var stock = new MLContext().Model.Load(path, out _);
        using var disposable = (IDisposable)stock;
        using var ours = new MLContext().ImageTranslation.LoadModel(path, out _);
        var expected = Translations(model, options);

        Assert.All((ITransformer[])[stock, ours], loaded =>
        {
            var translations = Translations(loaded, options);
            Assert.Equal(Translated, translations.Length);
            // Sums depend on the number of threads.
            Assert.All(translations.Zip(expected), pair => Assert.InRange(Difference(pair.First, pair.Second), 0, 1));
        });
    }

    // Each pass has its own rows, because the stock chain disposes its input images.
    private byte[][] Translations(ITransformer model, Pix2PixOptions options)
        => [.. model.Transform(TrainingRows(options, Translated)).GetColumn<MLImage>("Output").Select(image =>
        {
            using (image)
                return image.Pixels.ToArray();
        })];

    private static int Difference(byte[] first, byte[] second) => first.Zip(second, (a, b) => Math.Abs(a - b)).Max();

    private IDataView TrainingRows(Pix2PixOptions options, int count = Rows)
        => _context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new TestRow
        {
            Input = TestImages.Input(i, options.Generator.Width, options.Generator.Height),
            Target = TestImages.Target(i, options.Generator.Width, options.Generator.Height),
        }).ToArray());
}
