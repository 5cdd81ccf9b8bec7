using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>Trainings with progress that are stopped and canceled.</summary>
public sealed class Pix2PixEstimatorStopTests
{
    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public Pix2PixEstimatorStopTests() => _context.Log += (_, e) => _log.Add(e.Message);

    private static Pix2PixOptions Tiny => TestModels.Tiny;

    [Fact]
    public void Fit_Stopped_KeepsTheTrainedWeights()
    {
        using var stop = new CancellationTokenSource();
        var options = Tiny with
        {
            Training = Tiny.Training with { Epochs = 1000 },
            StopTraining = stop.Token,
            Progress = new Callback(progress =>
            {
                if (progress.Step == 4)
                    stop.Cancel();
            }),
        };

        using var transformer = Fit(options);

        Assert.Equal(4, transformer.Training!.Steps);
        Assert.True(transformer.Training.Stopped);
        using var translation = transformer.Translate(TestImages.Input(1));
        Assert.Equal(32, translation.Width);
    }

    [Fact]
    public void Fit_Canceled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var options = Tiny with { CancellationToken = cancel.Token, Progress = new Callback(_ => cancel.Cancel()) };

        Assert.Throws<OperationCanceledException>(() => Fit(options));
    }

    [Fact]
    public void Fit_CanceledBefore_ReadsNoRow()
    {
        var rows = _context.Data.LoadFromEnumerable(Unread());

        Assert.Throws<OperationCanceledException>(() => _context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", Tiny with { CancellationToken = new(canceled: true) }).Fit(rows));

        static IEnumerable<TestRow> Unread()
        {
            Assert.Fail("A row is read.");
            yield break;
        }
    }

    [Fact]
    public void Fit_StoppedBefore_GivesAnUntrainedModel()
    {
        using var transformer = Fit(Tiny with { StopTraining = new(canceled: true) });

        Assert.Equal((0, 2), (transformer.Training!.Steps, transformer.Training.PlannedSteps));
        Assert.True(transformer.Training.Stopped);
        using var translation = transformer.Translate(TestImages.Input(1));
        Assert.Equal(32, translation.Width);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_StoppedInTheFirstPass_EndsAfterTheCurrentRow(bool isValidation)
    {
        using var stop = new CancellationTokenSource();
        var read = 0;
        var rows = _context.Data.LoadFromEnumerable(Stopping());
        var options = Tiny with { StopTraining = stop.Token, ValidationSet = isValidation ? rows : null };

        var error = Assert.Throws<OperationCanceledException>(() => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options)
            .Fit(isValidation ? TrainedModel.TrainingRows(_context) : rows));

        Assert.StartsWith("StopTraining was canceled while Fit was reading the data for the first time", error.Message);
        Assert.Equal(stop.Token, error.CancellationToken);
        Assert.InRange(read, 2, 3);

        IEnumerable<TestRow> Stopping()
        {
            for (; read < 100; read++)
            {
                if (read == 2)
                    stop.Cancel();
                yield return new TestRow { Input = TestImages.Input(read), Target = TestImages.Target(read) };
            }
        }
    }

    [Fact]
    public void Fit_CanceledInTheFirstPass_ThrowsWithItsToken()
    {
        using var cancel = new CancellationTokenSource();
        var rows = _context.Data.LoadFromEnumerable(Cancelling());

        var error = Assert.Throws<OperationCanceledException>(() => _context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", Tiny with { CancellationToken = cancel.Token }).Fit(rows));

        Assert.Equal(cancel.Token, error.CancellationToken);

        IEnumerable<TestRow> Cancelling()
        {
            cancel.Cancel();
            yield return new TestRow { Input = TestImages.Input(1), Target = TestImages.Target(1) };
        }
    }

    [Fact]
    public void Fit_OneStepAnEpoch_LogsEachEpoch()
    {
        using var transformer = _context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", Tiny with { Training = Tiny.Training with { Epochs = 3, BatchSize = 100 } })
            .Fit(TrainedModel.TrainingRows(_context));

        Assert.Equal(3, transformer.Training!.Steps);
        foreach (var epoch in (int[])[1, 2, 3])
            Assert.Single(_log, line => line.Contains($"Epoch {epoch} of 3: D "));
    }

    [Fact]
    public void Time_MoreThanADay_CountsItsHours()
        => Assert.Equal(["00:00:59", "26:03:00"], new[] { TimeSpan.FromSeconds(59.9), new TimeSpan(26, 3, 0) }.Select(Pix2PixLog.Time));

    private Pix2PixTransformer Fit(Pix2PixOptions options)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(TrainedModel.TrainingRows(_context, count: 4));

    private sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
