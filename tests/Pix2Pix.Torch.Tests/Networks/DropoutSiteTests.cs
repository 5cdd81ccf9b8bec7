using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class DropoutSiteTests
{
    private static readonly DropoutSite Site = new(Index: 0, Channels: 64, Height: 16, Width: 8);

    [Fact]
    public void Mask_AnySeed_IsHalfZerosHalfTwos()
    {
        var mask = Mask(Site, seed: 5, count: 2);
        Assert.Equal(2 * 64 * 16 * 8, mask.Length);
        Assert.All(mask, m => Assert.True(m is 0 or 2, $"{m}"));

        // The standard deviation of the fraction of 16384 draws is 0.0039.
        Assert.InRange(mask.Average(), 2 * 0.48, 2 * 0.52);
    }

    [Fact]
    public void Mask_SameSeed_IsTheSame() => Assert.Equal(Mask(Site, seed: 5), Mask(Site, seed: 5));

    [Theory]
    [InlineData(6)]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    public void Mask_AnotherSeed_IsAnother(int seed) => Assert.NotEqual(Mask(Site, seed: 5), Mask(Site, seed));

    [Fact]
    public void Mask_AnotherSite_IsAnother() => Assert.NotEqual(Mask(Site, seed: 5), Mask(Site with { Index = 1 }, seed: 5));

    [Fact]
    public void Mask_SeveralImages_DiffersByImage()
    {
        var mask = Mask(Site, seed: 5, count: 2);
        Assert.NotEqual(mask[..(mask.Length / 2)], mask[(mask.Length / 2)..]);
    }

    private static float[] Mask(DropoutSite site, int seed, int count = 1)
    {
        using var mask = site.Mask(count, seed, TensorFactory.Cpu);
        Assert.Equal([count, site.Channels, site.Height, site.Width], mask.shape);
        return Tensors.Floats(mask);
    }
}
