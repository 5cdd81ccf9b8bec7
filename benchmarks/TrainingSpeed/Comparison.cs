using System.Diagnostics;
using System.Globalization;
using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using TrainingMemory;
using TranslationSpeed;

namespace TrainingSpeed;

/// <summary>
/// Trains with the library's public API and alternates with the peer every few steps. Our time includes everything that a user's step does,
/// such as reading and augmenting pairs and reporting progress.
/// </summary>
internal sealed class Comparison : IProgress<TrainingProgress>
{
    /// <summary>With fewer pairs, epochs are so short that the work between them would count.</summary>
    private const int StepsInEpoch = 8;

    private const int FewestPairs = 64;

    // The paper's training on facades (section 4, appendix 6.2).
    private const int Facades = 400;
    private const int Epochs = 200;

    private readonly StepSetting _setting;
    private readonly Peer? _peer;
    private readonly int _turns;
    private readonly int _steps;
    private readonly CancellationTokenSource _done = new();
    private readonly MatrixProduct _product;
    private readonly List<double> _ours = [];
    private readonly List<double> _theirs = [];
    private readonly List<double> _peaks = [];
    private readonly Stopwatch _watch = new();
    private int _inTurn;
    private int _turn; // the number of steps per turn
    private bool _warm;

    private Comparison(StepSetting setting, Peer? peer, int turns, int steps)
    {
        _setting = setting;
        _peer = peer;
        _turns = turns;
        _steps = steps;
        _product = new MatrixProduct(setting.Device, setting.Precision);
    }

    public static void Run(StepSetting setting, Peer? peer, int turns, int steps)
    {
        StepSize size = setting.Size;
        GeneratorOptions generator = new() { Width = size.Size, Height = size.Size, Filters = size.Filters };
        TrainingOptions training = new()
        {
            BatchSize = size.Batch,
            Epochs = 1_000_000,
            Seed = 1,
            Precision = setting.Precision.Training(),
            ChannelsLast = setting.ChannelsLast,
        };
        ImagePairs pairs = new(generator, training);
        Random random = new(1);
        int side = (int)Math.Round(size.Size * training.Augmentation.LoadScale); // the load size, so that no pair is resized
        int batches = Math.Max(StepsInEpoch, FewestPairs / size.Batch);
        for (int pair = 0; pair < batches * size.Batch; pair++)
            pairs.Add(Noise(random, side), Noise(random, side));

        Comparison comparison = new(setting, peer, turns, steps);
        using Pix2PixTrainer trainer = new(
            generator, new DiscriminatorOptions { Filters = size.Filters }, training, setting.Device.GpuDeviceId());
        TrainingSummary summary = trainer.Train(pairs, new TrainingRun { Progress = comparison, StopTraining = comparison._done.Token });
        comparison.Write(summary);
    }

    void IProgress<TrainingProgress>.Report(TrainingProgress value)
    {
        _inTurn++;
        if (_inTurn < (_warm ? _steps : _setting.WarmUp) || !IsAtRest(value))
            return;
        _setting.Device.Wait();
        double seconds = _watch.Elapsed.TotalSeconds;
        if (_warm)
        {
            _ours.Add(seconds / _inTurn);
            _peaks.Add(_product.Rate());
        }

        _turn = _inTurn;
        if (_peer?.Run(_inTurn) is { } theirs && _warm)
            _theirs.Add(theirs / _inTurn);
        if (_ours.Count == _turns)
            _done.Cancel();
        _warm = true;
        _inTurn = 0;
        _watch.Restart();
    }

    // Whether no unreported step is in progress. On CUDA, this is only certain at the end of an epoch.
    private bool IsAtRest(TrainingProgress progress) => _setting.Device == ComputeDevice.Cpu || progress.EndsEpoch;

    private void Write(TrainingSummary summary)
    {
        double peak = Quantile.Of(_peaks, 0.5);
        StepSize size = _setting.Size;
        string device = _setting.Device == ComputeDevice.Cuda ? "CUDA" : $"{summary.Threads} threads";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size.Size}x{size.Size} pixels, {size.Filters} filters, batch {size.Batch}: {size.Operations / 1e9:0.0} GFLOP per step; " +
            $"{device}, {_setting.Precision.Name()}; {_turns} turns of {_turn} steps; matrix product {peak / 1e9:0} GFLOP/s; " +
            $"{summary.DataTime / (summary.DataTime + summary.StepTime):0.0 %} of our time was spent waiting for pairs\n"));
        Console.WriteLine(
            "| | ms per step | Quartiles | GFLOP/s | Of the matrix product | Peak host memory, MiB |\n|---|---|---|---|---|---|");
        Row(_setting.ChannelsLast ? "Pix2Pix, channels last" : "Pix2Pix", _ours, peak, ProcessMemory.Peak);
        if (_peer is null)
            return;
        Row(_peer.Description, _theirs, peak, _peer.PeakMemory);
        double ratio = Quantile.Of([.. _ours.Zip(_theirs, (one, other) => one / other)], 0.5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nRatio of our time to the peer's, median over turns: {ratio:0.00}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"At this speed, {Epochs} epochs of {Facades} pairs take {Whole(_ours):0.0} minutes, and {Whole(_theirs):0.0} with the peer."));
    }

    // The minutes for as many steps as the paper trains on facades.
    private double Whole(List<double> seconds)
        => Quantile.Of(seconds, 0.5) * Epochs * Math.Ceiling(Facades / (double)_setting.Size.Batch) / 60;

    private void Row(string name, List<double> seconds, double peak, double memory)
    {
        double median = Quantile.Of(seconds, 0.5), rate = _setting.Size.Operations / median;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {median * 1e3:0.0} | {Quantile.Of(seconds, 0.25) * 1e3:0.0} to {Quantile.Of(seconds, 0.75) * 1e3:0.0} | " +
            $"{rate / 1e9:0.0} | {rate / peak:0 %} | {memory:0} |"));
    }

    private static PixelImage Noise(Random random, int size)
    {
        PixelImage image = new(size, size);
        random.NextBytes(image.Pixels);
        return image;
    }
}
