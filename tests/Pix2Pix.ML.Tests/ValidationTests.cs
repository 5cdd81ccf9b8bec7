using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>Trainings that are validated: with which rows, and what comes out.</summary>
public sealed class ValidationTests
{
    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public ValidationTests() => _context.Log += (_, e) => _log.Add(e.Message);

    private static Pix2PixOptions Tiny => TestModels.Tiny with { Training = TestModels.Tiny.Training with { Epochs = 3 } };

    [Fact]
    public void Fit_ValidationSet_ScoresTheExportedTranslations()
    {
        var rows = TrainedModel.TrainingRows(_context, count: 3);
        using var transformer = Fit(Tiny with { ValidationSet = rows }, TrainedModel.TrainingRows(_context));

        var mean = new MeanImageScores();
        for (var i = 0; i < 3; i++)
        {
            using var translation = transformer.Translate(TestImages.Input(i));
            using var target = TestImages.Target(i);
            mean.Add(Rgb(translation), Rgb(target));
        }

        var summary = transformer.Training!;
        Assert.Equal([1, 2, 3], summary.Validations.Select(v => v.Epoch));
        Assert.Equal((6, EndReason.Finished), (summary.Pairs, summary.EndReason));
        Assert.Equal(summary.Best!.Scores.L1, mean.Mean.L1, 1e-4); // ONNX Runtime may round a byte another way
        Assert.Equal(summary.Best.Scores.Psnr, mean.Mean.Psnr, 0.01);
        Assert.Equal(summary.Best.Scores.Ssim, mean.Mean.Ssim, 1e-3);
        Assert.Contains(_log, line => line.Contains("3 validation pairs of 32x32 pixels, kept in memory: "));
        var first = summary.Validations[0].Scores;
        Assert.Contains(_log, line => line.Contains("Epoch 1 of 3: D ")
            && line.Contains(FormattableString.Invariant(
                $", validation L1 {first.L1:0.0000}, PSNR {first.Psnr:0.0}, SSIM {first.Ssim:0.000} (best so far), ")));
        Assert.Contains(_log, line => line.Contains($"Best validation: epoch {summary.Best.Epoch}, L1 ")
            && line.EndsWith("Its generator is used."));
    }

    [Fact]
    public void Fit_BestEpochIsNotTheLast_ExportsTheBest()
    {
        // Fresh weights give almost gray images: the more colors the generator learns, the worse it is on gray ones.
        var rows = TrainedModel.TrainingRows(_context);
        var options = Tiny with
        {
            ValidationSet = View(
                [.. Enumerable.Range(0, TrainedModel.Pairs).Select(i => new TestRow { Input = TestImages.Input(i), Target = Grey() })]),
            Training = Tiny.Training with { Epochs = 4, LearningRate = 0.01 },
        };

        using var best = Fit(options, rows);
        using var last = Fit(options with { Validation = new() { KeepBest = false } }, rows);

        var scores = best.Training!.Best!;
        Assert.Equal(1, scores.Epoch);
        Assert.Equal(scores, last.Training!.Best);
        Assert.Equal(scores.Scores.L1, L1Of(best, _ => Grey()), 1e-4);
        Assert.Equal(last.Training.Validations[^1].Scores.L1, L1Of(last, _ => Grey()), 1e-4);
        Assert.True(L1Of(last, _ => Grey()) > L1Of(best, _ => Grey()) + 0.01);
    }

    [Fact]
    public void Fit_FractionOfTheRows_LearnsFromTheOthers()
    {
        var split = new ValidationSplit(0.3, Tiny.Training);
        TestRow[] rows = [.. Enumerable.Range(0, 10).Select(Row)];
        var learned = rows.Where((_, i) => !split.IsValidation(i)).ToArray();
        var held = rows.Where((_, i) => split.IsValidation(i)).ToArray();

        using var byFraction = Fit(Tiny with { ValidationFraction = 0.3 }, View(rows));
        using var bySet = Fit(Tiny with { ValidationSet = View(held) }, View(learned));

        Assert.Equal(3, held.Length);
        Assert.Equal(7, byFraction.Training!.Pairs);
        Assert.Equal(bySet.Training!.Validations, byFraction.Training.Validations);
        Assert.Equal(TestModels.Onnx(bySet), TestModels.Onnx(byFraction));
    }

    [Fact]
    public void Fit_FractionOfStreamedRows_IsTheSame()
    {
        var rows = View([.. Enumerable.Range(0, 12).Select(Row)]);
        var options = Tiny with
        {
            ValidationFraction = 0.25,
            Validation = new() { MaxPairs = 2 },
            Training = Tiny.Training with { ShuffleWindow = 2 },
        };

        using var kept = Fit(options, rows);
        using var streamed = Fit(options with { MemoryBudget = 28_000 }, rows); // two pairs of 32x32 and two of 36x36

        Assert.Contains(_log, line => line.Contains(
            "3 validation pairs of 32x32 pixels; using 2 of them, kept in memory: 12.0 KiB of the budget of 27.3 KiB; seed " +
            "7."));
        Assert.Contains(_log, line => line.Contains(
            "9 pairs of 36x36 pixels: 68.3 KiB, more than the budget of 27.3 KiB minus 12.0 KiB for validation; streamed "));
        Assert.Equal(kept.Training!.Validations, streamed.Training!.Validations);
        Assert.Equal(TestModels.Onnx(kept), TestModels.Onnx(streamed));
    }

    [Theory]
    [InlineData(ValidationMetric.L1)]
    [InlineData(ValidationMetric.Ssim)]
    public void Fit_AutoStatistics_ExportsTheBetterOnes(ValidationMetric metric)
    {
        var rows = TrainedModel.TrainingRows(_context);
        var options = Tiny with { ValidationSet = rows, Validation = new() { Metric = metric, EveryEpochs = 100 } };
        var inference = new InferenceOptions { Statistics = NormStatistics.Auto, Dropout = true, DropoutSeed = 4 };

        using var auto = Fit(options with { Inference = inference }, rows);
        var (image, running) = (Trained(NormStatistics.Image), Trained(NormStatistics.Running));

        var better = metric == ValidationMetric.L1
            ? image.Scores.L1 <= running.Scores.L1 ? image : running
            : image.Scores.Ssim >= running.Scores.Ssim ? image : running;
        Assert.Equal(better, auto.Training!.Best);
        Assert.Equal(better.Statistics, auto.Training.Statistics);
        Assert.Equal(inference with { Statistics = better.Statistics }, auto.Inference);
        Assert.Contains(_log, line => line.Contains($"Statistics chosen for inference: {better.Statistics}."));

        ValidationScores Trained(NormStatistics statistics)
        {
            using var fitted = Fit(
                options with
                {
                    Training = options.Training with { Statistics = NormStatistics.Running },
                    Inference = inference with { Statistics = statistics },
                },
                rows);
            return fitted.Training!.Best!;
        }
    }

    [Fact]
    public void Fit_AveragedGenerator_IsTheOneThatIsValidatedAndExported()
    {
        var rows = TrainedModel.TrainingRows(_context);
        using var transformer = Fit(
            Tiny with
            {
                ValidationSet = rows,
                Validation = new() { KeepBest = false },
                Training = Tiny.Training with { AverageDecay = 0.9, LearningRate = 0.01 },
            },
            rows);
        Assert.Equal(transformer.Training!.Validations[^1].Scores.L1, L1Of(transformer, i => TestImages.Target(i)), 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_FractionOfLessThanARow_HoldsOneBackWhateverTheSeed(int seed)
    {
        var options = Tiny with { ValidationFraction = 0.01, Training = Tiny.Training with { Epochs = 1, Seed = seed } };

        using var ofAList = Fit(options, View([.. Rows(3)]));
        using var ofAnIterator = Fit(options, _context.Data.LoadFromEnumerable(Rows(3))); // nobody knows how many

        Assert.Equal((2, 1), (ofAList.Training!.Pairs, ofAList.Training.Validations.Count));
        Assert.Equal(ofAList.Training.Validations, ofAnIterator.Training!.Validations);
    }

    [Fact]
    public void Fit_CropAndAFraction_WarnsOfTheScale()
    {
        var crop = Tiny.Training with { Epochs = 1, Preprocessing = new() { Mode = PreprocessingMode.Crop } };
        using var transformer = Fit(Tiny with { ValidationFraction = 0.5, Training = crop }, View([.. Rows(2)]));
        Assert.Contains(_log, line => line.Contains(
            "Preprocessing.Mode is Crop, but validation resizes whole images to 32x32, as the model does in inference."));
    }

    [Fact]
    public void Fit_EarlyStopping_IsTold()
    {
        var rows = TrainedModel.TrainingRows(_context);
        using var transformer = Fit(
            Tiny with
            {
                ValidationSet = rows,
                Validation = new() { Patience = 1 },
                Training = Tiny.Training with { Epochs = 9, LearningRate = 1e-12 },
            },
            rows);
        Assert.Equal(EndReason.EarlyStopping, transformer.Training!.EndReason);
        Assert.Equal(2, transformer.Training.Validations.Count);
        Assert.Contains(_log, line => line.Contains("Trained 6 of 27 steps in ")
            && line.Contains("; stopped early because validation no longer improved."));
    }

    private static TestRow Row(int i) => new() { Name = $"row {i}", Input = TestImages.Input(i), Target = TestImages.Target(i) };

    private static IEnumerable<TestRow> Rows(int count) => Enumerable.Range(0, count).Select(Row);

    private static MLImage Grey()
        => MLImage.CreateFromPixels(32, 32, MLPixelFormat.Bgra32, [.. Enumerable.Repeat<byte>(128, 4 * 32 * 32)]);

    private static double L1Of(Pix2PixTransformer transformer, Func<int, MLImage> targetOf)
        => Enumerable.Range(0, TrainedModel.Pairs).Average(i =>
        {
            using var translation = transformer.Translate(TestImages.Input(i));
            using var target = targetOf(i);
            return ImageMetrics.L1(Rgb(translation), Rgb(target));
        });

    private IDataView View(params TestRow[] rows) => _context.Data.LoadFromEnumerable(rows);

    private Pix2PixTransformer Fit(Pix2PixOptions options, IDataView rows)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(rows);

    private static PixelImage Rgb(MLImage image) => ChannelConversion.ToChannels(PixelLayout.ToRgba(image), ImageChannels.Rgb);
}
