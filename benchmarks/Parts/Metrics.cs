using BenchmarkDotNet.Attributes;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Parts;

/// <summary>Scores of one image against another, both RGB of 256x256 pixels.</summary>
[MemoryDiagnoser]
public class Metrics
{
    private PixelImage _a = new(1, 1);
    private PixelImage _b = new(1, 1);

    [GlobalSetup]
    public void Draw() => (_a, _b) = DrawnImages.Pair();

    [Benchmark]
    public double L1() => ImageMetrics.L1(_a, _b);

    [Benchmark]
    public double Psnr() => ImageMetrics.Psnr(_a, _b);

    [Benchmark(Baseline = true)]
    public double Ssim() => ImageMetrics.Ssim(_a, _b);

    [Benchmark]
    public double MultiScaleSsim() => ImageMetrics.MultiScaleSsim(_a, _b);

    [Benchmark]
    public double RedOverBlueIou() => ImageMetrics.RedOverBlueIou(_a, _b);
}
