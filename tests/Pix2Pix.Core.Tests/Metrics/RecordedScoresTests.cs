using System.Text.Json;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

/// <summary>Scores computed by scikit-image, PyTorch and SciPy; see tests/reference/evaluation_reference.py.</summary>
public class RecordedScoresTests
{
    private static readonly JsonElement Recorded = ReferenceFile.Json("evaluation.json");

    public static TheoryData<int> Pairs => [.. Enumerable.Range(0, Recorded.GetProperty("pairs").GetArrayLength())];

    public static TheoryData<int> Features => [.. Enumerable.Range(0, Recorded.GetProperty("features").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Metrics_RecordedPair_AgreeWithOtherLibraries(int index)
    {
        var recorded = Recorded.GetProperty("pairs")[index];
        var (a, b) = RecordedImages.Pair(
            recorded.GetProperty("width").GetInt32(), recorded.GetProperty("height").GetInt32(), recorded.GetProperty("seed").GetUInt32());

        Assert.Equal(Number("l1"), ImageMetrics.L1(a, b), 1e-12);
        Assert.Equal(Number("l2"), ImageMetrics.L2(a, b), 1e-12);
        Assert.Equal(Number("psnr"), ImageMetrics.Psnr(a, b), 1e-9);
        var (ssim, multiScale) = ImageMetrics.SsimAndMultiScale(a, b);
        Assert.Equal(Number("ssim"), ssim, 1e-9);
        if (recorded.TryGetProperty("multi_scale_ssim", out var expected))
        {
            Assert.Equal(expected.GetDouble(), multiScale!.Value, 1e-9);
            return;
        }

        Assert.Null(multiScale);
        var (ofA, ofB) = (new ColorHistogram(), new ColorHistogram());
        ofA.Add(a);
        ofB.Add(b);
        var (overlap, shares) = (ColorHistogram.Overlap(ofA, ofB), recorded.GetProperty("overlap").Doubles());
        Assert.Equal(shares[0], overlap.Lightness, 1e-12);
        Assert.Equal(shares[1], overlap.A, 1e-12);
        Assert.Equal(shares[2], overlap.B, 1e-12);

        double Number(string name) => recorded.GetProperty(name).GetDouble();
    }

    [Fact]
    public void LabelConfusion_RecordedMaps_AgreesWithNumPy()
    {
        var recorded = Recorded.GetProperty("labels");
        var (width, height, seed) = (
            recorded.GetProperty("width").GetInt32(), recorded.GetProperty("height").GetInt32(), recorded.GetProperty("seed").GetUInt32());
        var colors = recorded.GetProperty("palette").EnumerateArray().Select(color => color.Longs()).ToArray();
        var palette = new LabelPalette(colors.Select(c => new LabelColor((byte)c[0], (byte)c[1], (byte)c[2])));
        var (labels, wrong, others) = (
            RecordedImages.Noise(width * height, seed),
            RecordedImages.Noise(width * height, seed + 1),
            RecordedImages.Noise(width * height, seed + 2));
        var target = labels.Select(label => label % colors.Length).ToArray();
        var image = target.Select((label, i) => wrong[i] < 64 ? others[i] % 4 : label).ToArray();

        var confusion = new LabelConfusion(palette);
        confusion.Add(Map(image), Map(target));

        for (var row = 0; row < colors.Length; row++)
        {
            Assert.Equal(
                recorded.GetProperty("confusion")[row].Longs(), Enumerable.Range(0, colors.Length).Select(column => confusion.Count(row, column)));
        }

        Assert.Equal(recorded.GetProperty("accuracy").GetDouble(), confusion.Accuracy, 1e-14);
        Assert.Equal(recorded.GetProperty("label_accuracy").GetDouble(), confusion.LabelAccuracy, 1e-14);
        var iou = recorded.GetProperty("iou").Doubles();
        Assert.All(iou, (value, label) => Assert.Equal(value, confusion.Iou(label)!.Value, 1e-14));
        Assert.Equal(iou.Average(), confusion.MeanIou, 1e-14);

        PixelImage Map(int[] map)
            => new(width, height, [.. map.SelectMany(label => colors[label]).Select(level => (byte)level)]);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Distances_RecordedFeatures_AgreeWithSciPy(int index)
    {
        var recorded = Recorded.GetProperty("features")[index];
        var (count, dimensions, seed) = (
            recorded.GetProperty("count").GetInt32(), recorded.GetProperty("dimensions").GetInt32(), recorded.GetProperty("seed").GetUInt32());
        var x = Vectors(seed, value => value);
        var y = Vectors(seed + 1, value => (value * 0.75f) + 0.5f);

        Assert.Equal(recorded.GetProperty("fid").GetDouble(), FrechetDistance.Between(Statistics(x), Statistics(y)), 1e-5);
        var kid = KernelDistance.Between(x, y);
        Assert.Equal(recorded.GetProperty("kid").GetDouble(), kid.Mean, 1e-9);
        Assert.Equal((1, 0.0), (kid.Subsets, kid.StandardDeviation));

        float[][] Vectors(uint from, Func<float, float> scale)
            => [.. RecordedImages.Noise(count * dimensions, from).Select(level => scale(level / 128f)).Chunk(dimensions)];

        FeatureStatistics Statistics(float[][] vectors)
        {
            var statistics = new FeatureStatistics(dimensions);
            foreach (var vector in vectors)
                statistics.Add(vector);
            return statistics;
        }
    }
}
