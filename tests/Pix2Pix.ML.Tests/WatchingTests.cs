using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>What Fit tells while it trains: lines, hints, the report.</summary>
public sealed class WatchingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public WatchingTests() => _context.Log += (_, e) => _log.Add($"{e.Kind}: {e.Message}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Report_LastStepOfAnEpoch_LogsTimeLeftAndWaiting()
    {
        using (var log = new Pix2PixLog(_context, "Test"))
        {
            var progress = new LoggedProgress(log, LossOptions.Default, next: null);
            progress.Report(Progress with { EndsEpoch = false });
            progress.Report(Progress);
        }

        Assert.EndsWith(
            "Epoch 3 of 10: D 0.512, G 1.250, L1 0.1111, 00:03:00 elapsed, 00:07:00 remaining, 25% waiting for data.",
            Assert.Single(_log, line => line.Contains("Epoch ")));
    }

    [Theory]
    [InlineData(0, 100, 0, 0, "L1 0.1111")]
    [InlineData(1, 0, 0, 0, "D 0.512, G 1.250")]
    [InlineData(1, 0, 10, 0, "D 0.512, G 1.250, L2 0.0500")]
    [InlineData(1, 100, 10, 10, "D 0.512, G 1.250, features 0.750, L1 0.1111, L2 0.0500")]
    public void Report_OtherLosses_LogsThePartsThatAreOn(double adversarial, double l1, double l2, double features, string expected)
    {
        var losses = new LossOptions { AdversarialWeight = adversarial, L1Weight = l1, L2Weight = l2, FeatureMatchingWeight = features };
        using (var log = new Pix2PixLog(_context, "Test"))
            new LoggedProgress(log, losses, next: null).Report(Progress);
        Assert.Contains($"Epoch 3 of 10: {expected}, 00:03:00 elapsed, ", Assert.Single(_log, line => line.Contains("Epoch ")));
    }

    [Fact]
    public void Report_EndOfAnEpoch_TellsTheMeansOfItsSteps()
    {
        using (var log = new Pix2PixLog(_context, "Test"))
        {
            var progress = new LoggedProgress(log, LossOptions.Default, next: null);
            progress.Report(Progress with { Epoch = 2, Losses = new() { Discriminator = 100, Adversarial = 100, L1 = 100 } });
            progress.Report(Progress with { EndsEpoch = false, Losses = new() { Discriminator = 0.1, Adversarial = 1, L1 = 0.2 } });
            progress.Report(Progress with { Losses = new() { Discriminator = 0.3, Adversarial = 4, L1 = 0.4 } });
        }

        Assert.Contains("Epoch 3 of 10: D 0.200, G 2.500, L1 0.1500, ", Assert.Single(_log, line => line.Contains("Epoch 3 of")));
    }

    /// <summary>An epoch of a large set takes hours.</summary>
    [Fact]
    public void Report_WithinALongEpoch_LogsALineEveryMinute()
    {
        using (var log = new Pix2PixLog(_context, "Test"))
        {
            var progress = new LoggedProgress(log, LossOptions.Default, next: null);
            for (var step = 1; step <= 10; step++)
            {
                progress.Report(Progress with
                {
                    EndsEpoch = false,
                    Step = step,
                    Elapsed = TimeSpan.FromHours(5) + (step * TimeSpan.FromSeconds(25)), // went on after five hours
                });
            }
        }

        string[] lines = [.. _log.Where(line => line.Contains("Epoch "))];
        Assert.Equal(3, lines.Length);
        Assert.EndsWith(
            "Epoch 3 of 10, step 4 of 100: D 0.512, G 1.250, L1 0.1111, 05:01:40 elapsed, 00:07:00 remaining, 25% waiting for data.",
            lines[0]);
        Assert.Contains(", step 7 of 100: ", lines[1]);
    }

    [Fact]
    public void Fit_FolderThatCannotBeWritten_SaysSoBeforeTheRowsAreRead()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, string.Empty);
        var reads = 0;
        var rows = _context.Data.LoadFromEnumerable(Rows());

        Throws(TestModels.Tiny with { Report = new() { Folder = file } }, "cannot be used for a report: ");
        Throws(TestModels.Tiny with { Checkpoints = new() { Folder = file } }, "cannot be used for checkpoints: ");
        Assert.Equal(0, reads);

        void Throws(Pix2PixOptions options, string text)
        {
            var error = Assert.Throws<IOException>(() => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(rows));
            Assert.StartsWith($"The folder '{file}' {text}", error.Message);
            Assert.EndsWith(" Choose another folder; each training run needs its own.", error.Message);
        }

        IEnumerable<TestRow> Rows()
        {
            reads++;
            yield return new TestRow { Input = TestImages.Input(1), Target = TestImages.Target(1) };
        }
    }

    [Fact]
    public void Report_Hint_IsAWarning()
    {
        using (var log = new Pix2PixLog(_context, "Test"))
            new LoggedProgress(log, LossOptions.Default, next: null).Report(Progress with { Hints = [new(TrainingHintKind.L1Rises, 3, 30, "It rises.")] });

        Assert.StartsWith("Warning: ", Assert.Single(_log, line => line.EndsWith("L1Rises: It rises.")));
    }

    [Theory]
    [InlineData(true, "Its generator is used.")]
    [InlineData(false, "The generator of the last step is used.")] // which may lie within an epoch
    public void Summary_StoppedWithinAnEpoch_SaysWhichGeneratorIsKept(bool keepBest, string expected)
    {
        var summary = new TrainingSummary
        {
            Steps = 35,
            PlannedSteps = 100,
            Pairs = 10,
            Elapsed = TimeSpan.FromMinutes(3),
            DataTime = TimeSpan.Zero,
            StepTime = TimeSpan.FromMinutes(3),
            LastLosses = Progress.Losses,
            Threads = 1,
            EndReason = EndReason.Stopped,
            Validations = [new(3, new(0.1, 20, 0.5), NormStatistics.Image, IsBest: true)],
            Statistics = NormStatistics.Image,
        };

        using (var log = new Pix2PixLog(_context, "Test"))
            log.Summary(summary, new() { Validation = new() { KeepBest = keepBest } });

        Assert.EndsWith($"epoch 3, L1 0.1000, PSNR 20.0, SSIM 0.500. {expected}", Assert.Single(_log, line => line.Contains("Best validation")));
    }

    [Fact]
    public void Fit_RateOfZero_WarnsOnceAndTellsTheProgress()
    {
        var hints = new List<TrainingHint>();
        var options = TestModels.Tiny with
        {
            Training = TestModels.Tiny.Training with { LearningRate = 0, Epochs = 3 },
            Progress = new Callback(p => hints.AddRange(p.Hints)),
        };

        using var model = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(TrainedModel.TrainingRows(_context));

        Assert.Equal((TrainingHintKind.LearningRateZero, 1, 1L), hints.Select(hint => (hint.Kind, hint.Epoch, hint.Step)).Single());
        Assert.Single(_log, line => line.StartsWith("Warning: ") && line.Contains("LearningRateZero: The learning rate is 0 at step 1 of "));
    }

    [Fact]
    public void Fit_Report_NamesTheRowsByTheirText()
    {
        var options = TestModels.Tiny with { Report = new() { Folder = _folder } };

        using var model = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(TrainedModel.TrainingRows(_context));

        var page = File.ReadAllText(Path.Combine(_folder, "report.html"));
        Assert.Contains("<img alt='row 0, input' title='row 0' ", page);
        Assert.Contains("<img alt='row 5, target' ", page);
    }

    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Fit_Report_ShowsWhatTheModelTranslates(NormStatistics statistics)
    {
        var options = TestModels.Tiny with { Report = new() { Folder = _folder, Samples = 1 }, Inference = new() { Statistics = statistics } };
        using var model = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(TrainedModel.TrainingRows(_context));

        using var translated = model.Translate(TestImages.Input(0));
        var last = Directory.GetFiles(Path.Combine(_folder, "samples"), "epoch-*.png").Order(StringComparer.Ordinal).Last();
        using var sheet = Microsoft.ML.Data.MLImage.CreateFromFile(last);

        // Behind a margin of 16 pixels. The pairs are kept at 36x36 and shown at 32x32: nearly the same picture.
        var differences = Enumerable.Range(0, 32 * 32).Select(i => Math.Abs(
            sheet.Pixels[4 * ((((i / 32) + 16) * sheet.Width) + (i % 32) + 16) + 1] - translated.Pixels[(4 * i) + 1]));
        Assert.InRange(differences.Average(), 0, 6);
    }

    private static TrainingProgress Progress { get; } = new()
    {
        Epoch = 3,
        Epochs = 10,
        Step = 30,
        Steps = 100,
        PairsSeen = 30,
        Losses = new() { Discriminator = 0.512, Adversarial = 1.25, FeatureMatching = 0.75, L1 = 0.2222, L2 = 0.2 },
        LearningRate = 0.0002,
        Elapsed = TimeSpan.FromMinutes(3),
        Remaining = TimeSpan.FromMinutes(7),
        DataTime = TimeSpan.FromSeconds(45),
        StepTime = TimeSpan.FromSeconds(135),
        EndsEpoch = true,
    };

    private sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
