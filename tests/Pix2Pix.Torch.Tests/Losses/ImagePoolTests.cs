using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class ImagePoolTests
{
    [Fact]
    public void Exchange_SizeZero_ShowsTheBatchItself()
    {
        using var scope = NewDisposeScope();
        using var pool = new ImagePool(0);
        var (input, image) = Batch(1, 2);
        Assert.Equal((input, image), pool.Exchange(input, image, seed: 1));
        Assert.Empty(pool.Pairs);
    }

    [Fact]
    public void Exchange_WhileItFills_ShowsAndKeepsTheBatch()
    {
        using var scope = NewDisposeScope();
        using var pool = new ImagePool(3);
        Assert.Equal([1, 2], Shown(pool, seed: 1, 1, 2));
        Assert.Equal([1, 2], Kept(pool));
        Assert.Equal([3], Shown(pool, seed: 2, 3));
        Assert.Equal([1, 2, 3], Kept(pool));
    }

    /// <summary>Each translation is either returned and not stored, or stored in place of an earlier one that is returned.</summary>
    [Fact]
    public void Exchange_Full_ShowsAnEarlierOneHalfOfTheTime()
    {
        using var scope = NewDisposeScope();
        using var pool = new ImagePool(5);
        Shown(pool, seed: 0, 1, 2, 3, 4, 5);
        var earlier = 0;
        var places = new HashSet<int>();
        for (var step = 1; step <= 400; step++)
        {
            var before = Kept(pool);
            var shown = Shown(pool, seed: step, 100 + step).Single();
            if (shown == 100 + step)
            {
                Assert.Equal(before, Kept(pool));
                continue;
            }

            earlier++;
            var place = Array.IndexOf(before, shown);
            places.Add(place);
            before[place] = 100 + step;
            Assert.Equal(before, Kept(pool));
        }

        Assert.InRange(earlier, 160, 240);
        Assert.Equal(5, places.Count);
    }

    [Fact]
    public void Exchange_SameSeeds_ShowTheSame()
    {
        using var scope = NewDisposeScope();
        float[] Run(int firstSeed)
        {
            using var pool = new ImagePool(4);
            return [.. Enumerable.Range(0, 30).SelectMany(step => Shown(pool, firstSeed + step, 2 * step, (2 * step) + 1))];
        }

        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(100));
    }

    [Fact]
    public void Restore_StateOfAnother_ContinuesIdentically()
    {
        using var scope = NewDisposeScope();
        using var pool = new ImagePool(4);
        using var resumed = new ImagePool(4);
        for (var step = 0; step < 10; step++)
            Shown(pool, seed: step, step);
        Shown(resumed, seed: 0, -1, -2);

        resumed.Restore(pool.Pairs);

        Assert.Equal(Kept(pool), Kept(resumed));
        for (var step = 10; step < 30; step++)
            Assert.Equal(Shown(pool, seed: step, step), Shown(resumed, seed: step, step));
    }

    [Fact]
    public void Exchange_ManyTimes_KeepsOnlyTheTensorsOfThePool()
    {
        var before = Tensors.Living();
        using (var pool = new ImagePool(4))
        {
            for (var step = 0; step < 50; step++)
            {
                using var scope = NewDisposeScope();
                var (input, image) = Batch(step, step + 1);
                pool.Exchange(input, image, seed: step);
            }

            Assert.Equal(before + 8, Tensors.Living());
        }

        Assert.Equal(before, Tensors.Living());
    }

    /// <summary>Inputs are the negatives of their images, so mixed-up pairs are detected.</summary>
    private static (Tensor Input, Tensor Image) Batch(params float[] values)
    {
        var image = tensor(values, [values.Length, 1, 1, 1]);
        return (image.neg(), image);
    }

    private static float[] Shown(ImagePool pool, int seed, params float[] values)
    {
        var (input, image) = Batch(values);
        (input, image) = pool.Exchange(input, image, seed);
        Assert.Equal(Tensors.Floats(image), Tensors.Floats(input.neg()));
        Assert.Equal([values.Length, 1, 1, 1], image.shape);
        return Tensors.Floats(image);
    }

    private static float[] Kept(ImagePool pool)
    {
        Assert.All(pool.Pairs, pair => Assert.Equal(-pair.Input.item<float>(), pair.Image.item<float>()));
        return [.. pool.Pairs.Select(pair => pair.Image.item<float>())];
    }
}
