using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class FeatureDistanceTests
{
    [Fact]
    public void Statistics_ManyVectorsFarFromZero_AreMeanAndUnbiasedCovariance()
    {
        var random = new Random(1);
        float[][] vectors = [.. Enumerable.Range(0, 77).Select(_ => Enumerable.Range(0, 5).Select(i => 1000f * i + random.NextSingle()).ToArray())];

        var statistics = Statistics(vectors);

        Assert.Equal(77, statistics.Count);
        var (mean, covariance) = (statistics.Mean(), statistics.Covariance());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(vectors.Average(v => (double)v[i]), mean[i], 1e-9);
            for (var j = 0; j < 5; j++)
            {
                var expected = vectors.Sum(v => (v[i] - mean[i]) * (v[j] - mean[j])) / 76;
                Assert.Equal(expected, covariance[i, j], 1e-12);
            }
        }
    }

    [Fact]
    public void Statistics_AddedToAfterwards_GoOn()
    {
        var statistics = Statistics([1f], [3f]);
        Assert.Equal(2.0, statistics.Covariance()[0, 0]);
        statistics.Add([5f]);
        Assert.Equal((3.0, 4.0), (statistics.Mean()[0], statistics.Covariance()[0, 0]));
    }

    [Fact]
    public void Statistics_Misuse_SaysWhatIsWrong()
    {
        var statistics = new FeatureStatistics(2);

        Assert.Throws<InvalidOperationException>(statistics.Mean);
        Assert.Equal(
            "The vector has 1 feature; expected 2. (Parameter 'features')", Assert.Throws<ArgumentException>(() => statistics.Add([1f])).Message);
        Assert.Contains("A feature is NaN", Assert.Throws<ArgumentException>(() => statistics.Add([1f, float.NaN])).Message);
        statistics.Add([1f, 2f]);
        Assert.Equal("The covariance of 1 vectors is undefined. Add at " +
            "least two vectors first.", Assert.Throws<InvalidOperationException>(statistics.Covariance).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureStatistics(0));
    }

    [Fact]
    public void FrechetDistance_OneDimension_IsClosedForm()
    {
        // Means 2 and 7; deviations 1 and 3, unbiased: (2 - 7)^2 + (1 - 3)^2.
        Assert.Equal(29.0, FrechetDistance.Between(Statistics([1f], [2f], [3f]), Statistics([4f], [7f], [10f])), 1e-12);
    }

    [Fact]
    public void FrechetDistance_SameSet_IsZero()
    {
        var random = new Random(2);
        var set = Statistics([.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextSingle()).ToArray())]);

        Assert.Equal(0.0, FrechetDistance.Between(set, set), 1e-10);
    }

    [Fact]
    public void FrechetDistance_MovedSet_IsTheSquaredDistanceOfTheMeans()
    {
        float[][] set = [[0, 0, 1], [2, 1, 0], [4, 5, 3], [1, 1, 7]];
        var moved = set.Select(v => new[] { v[0] + 3, v[1] - 4, v[2] }).ToArray();

        Assert.Equal(25.0, FrechetDistance.Between(Statistics(set), Statistics(moved)), 1e-10);
    }

    [Fact]
    public void FrechetDistance_FewerVectorsThanDimensions_IsSymmetricAndReal()
    {
        var random = new Random(3);
        var (x, y) = (Draw(), Draw());

        Assert.Equal(FrechetDistance.Between(x, y), FrechetDistance.Between(y, x), 1e-5);
        Assert.Equal(0.0, FrechetDistance.Between(x, x), 1e-5);

        FeatureStatistics Draw()
            => Statistics([.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 30).Select(_ => random.NextSingle()).ToArray())]);
    }

    [Fact]
    public void FrechetDistance_OtherDimensions_AreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => FrechetDistance.Between(new FeatureStatistics(2), new FeatureStatistics(3)));

        Assert.StartsWith("The vectors have 2 and 3 features; expected equal numbers, from the same network.", error.Message);
    }

    [Fact]
    public void KernelDistance_TwoNumbersEach_IsClosedForm()
    {
        // k(x, y) = (x y + 1)^3. Within x: k(0, 1) = 1; within y: k(2, 3) = 343; between: k(0, .) = 1, k(1, 2) = 27, k(1, 3) = 64.
        var distance = KernelDistance.Between([[0f], [1f]], [[2f], [3f]]);

        Assert.Equal(1 + 343 - (2 * (1 + 1 + 27 + 64) / 4.0), distance.Mean, 1e-12);
        Assert.Equal((1, 0.0), (distance.Subsets, distance.StandardDeviation));
    }

    [Fact]
    public void KernelDistance_Subsets_AreDrawnByTheSeed()
    {
        var random = new Random(4);
        float[][] x = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 9).Select(_ => random.NextSingle()).ToArray())];
        float[][] y = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 9).Select(_ => random.NextSingle() + 0.2f).ToArray())];
        var options = new KernelDistanceOptions { Subsets = 200, SubsetSize = 20, Seed = 1 };

        var (whole, first) = (KernelDistance.Between(x, y), KernelDistance.Between(x, y, options));

        Assert.Equal(first, KernelDistance.Between(x, y, options));
        Assert.NotEqual(first.Mean, KernelDistance.Between(x, y, options with { Seed = 2 }).Mean);
        Assert.Equal(200, first.Subsets);
        Assert.InRange(first.StandardDeviation, 1e-6, whole.Mean);
        Assert.Equal(whole.Mean, first.Mean, 4 * first.StandardDeviation / Math.Sqrt(200)); // unbiased: the mean of the subsets goes there
    }

    [Fact]
    public void KernelDistance_Misuse_SaysWhatIsWrong()
    {
        Assert.StartsWith(
            "The sets have 1 and 2 vectors; expected at least two each.",
            Assert.Throws<ArgumentException>(() => KernelDistance.Between([[1f]], [[1f], [2f]])).Message);
        Assert.StartsWith(
            "The vectors have 1, 2 features; expected equal numbers, from the same network.",
            Assert.Throws<ArgumentException>(() => KernelDistance.Between([[1f], [1f]], [[1f], [2f, 3f]])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelDistanceOptions { SubsetSize = 1 });
        Assert.Equal((100, 1000, 0), (KernelDistanceOptions.Default.Subsets, KernelDistanceOptions.Default.SubsetSize, KernelDistanceOptions.Default.Seed));
    }

    private static FeatureStatistics Statistics(params float[][] vectors)
    {
        var statistics = new FeatureStatistics(vectors[0].Length);
        foreach (var vector in vectors)
            statistics.Add(vector);
        return statistics;
    }
}
