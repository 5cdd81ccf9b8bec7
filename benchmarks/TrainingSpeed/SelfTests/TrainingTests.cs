using System.Globalization;
using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>
/// A small training through the library's own door: its losses fall, a second one with the same seed gives the same, and one on CUDA
/// begins as that on the CPU. Without dropout, which 32 pixels have none of, both draw the same.
/// </summary>
internal static class TrainingTests
{
    private const int Side = 32;
    private const int Filters = 16;
    private const int Pairs = 8;
    private const int Epochs = 60;

    /// <summary>Steps whose mean is looked at, at the beginning and at the end.</summary>
    private const int Window = 8;

    /// <summary>The last mean of L1 over the first.</summary>
    private const double Fall = 0.5;

    /// <summary>Steps that are compared between devices. Rounding grows from step to step: Adam's first look at signs alone.</summary>
    private const int Begun = 5;

    /// <summary>How far rounding may take them.</summary>
    private const double Tolerance = 0.01;

    /// <summary>On the CPU. Another number of threads sums in another order, as another device does.</summary>
    public static (StepLosses[] Losses, Finding[] Findings) OnCpu()
    {
        var (losses, findings) = On(ComputeDevice.Cpu, repeats: 0);
        int threads = get_num_threads();
        StepLosses[] alone = Losses(ComputeDevice.Cpu, threads: 1);
        set_num_threads(threads);
        return (losses, [.. findings, Apart($"cpu: losses of 1 thread as of {threads}", alone, losses, Begun, Tolerance)]);
    }

    /// <summary>On CUDA, whose sums have no fixed order.</summary>
    public static Finding[] OnCuda(StepLosses[] cpu)
    {
        var (losses, findings) = On(ComputeDevice.Cuda, repeats: Tolerance);
        return [.. findings, Apart("cuda: losses as on the CPU", losses, cpu, Begun, Tolerance)];
    }

    /// <param name="device">Where it trains.</param>
    /// <param name="repeats">How far the losses of a second training may be apart; 0: to the bit.</param>
    private static (StepLosses[] Losses, Finding[] Findings) On(ComputeDevice device, double repeats)
    {
        StepLosses[] first = Losses(device), second = Losses(device);
        double fall = first[^Window..].Average(losses => losses.L1) / first[..Window].Average(losses => losses.L1);
        int compared = repeats == 0 ? first.Length : Begun;
        return (first,
        [
            new Finding(
                $"{device.Name()}: L1 falls in {first.Length} steps",
                fall <= Fall,
                string.Create(CultureInfo.InvariantCulture, $"to {fall:0.000} of the first {Window} steps; at most {Fall}")),
            Apart($"{device.Name()}: the same seed gives the same losses", first, second, compared, repeats),
        ]);
    }

    private static Finding Apart(string name, StepLosses[] one, StepLosses[] other, int steps, double tolerance)
    {
        double apart = Numbers.Worst(one.Take(steps).Zip(other, (a, b) => Numbers.Worst(
        [
            Relative(a.Discriminator, b.Discriminator), Relative(a.Adversarial, b.Adversarial), Relative(a.L1, b.L1),
        ])));
        return new Finding(
            name,
            apart <= tolerance,
            string.Create(CultureInfo.InvariantCulture, $"{steps} steps: {apart:0.0e+0} of {tolerance:0.0e+0} apart"));
    }

    private static double Relative(double a, double b) => Math.Abs(a - b) / Math.Abs(b);

    private static StepLosses[] Losses(ComputeDevice device, int? threads = null)
    {
        GeneratorOptions generator = new() { Width = Side, Height = Side, Filters = Filters };
        TrainingOptions training = new()
        {
            BatchSize = 2,
            Epochs = Epochs,
            Seed = 1,
            Threads = threads,
            Augmentation = AugmentationOptions.None,
        };
        ImagePairs pairs = new(generator, training);
        for (int pair = 0; pair < Pairs; pair++)
            pairs.Add(Disc(pair, inverted: false), Disc(pair, inverted: true));

        LossList losses = new();
        using Pix2PixTrainer trainer = new(generator, new DiscriminatorOptions { Filters = Filters }, training, device.GpuDeviceId());
        trainer.Train(pairs, new TrainingRun { Progress = losses });
        return [.. losses.All];
    }

    // A disc on a ground, both of colors of their own.
    private static PixelImage Disc(int pair, bool inverted)
    {
        PixelImage image = new(Side, Side);
        Random random = new(pair);
        var (x, y, radius) = (random.Next(8, 24), random.Next(8, 24), random.Next(4, 8));
        byte[] disc = new byte[3], ground = new byte[3];
        random.NextBytes(disc);
        random.NextBytes(ground);
        for (int place = 0; place < Side * Side; place++)
        {
            var (column, row) = (place % Side, place / Side);
            byte[] color = ((column - x) * (column - x)) + ((row - y) * (row - y)) <= radius * radius ? disc : ground;
            for (int channel = 0; channel < 3; channel++)
                image.Pixels[(3 * place) + channel] = inverted ? (byte)(255 - color[channel]) : color[channel];
        }

        return image;
    }

    private sealed class LossList : IProgress<TrainingProgress>
    {
        public List<StepLosses> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value.Losses);
    }
}
