using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class ImagePairsTests
{
    [Fact]
    public void Add_SeveralPairs_KeepsThemPreparedInOrder()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32, Input = ImageChannels.Gray, Output = ImageChannels.Rgba };
        var pairs = new ImagePairs(generator, TrainingOptions.Default);
        Assert.Equal(0, pairs.Count);

        pairs.Add(TestImages.Random(50, 40, seed: 1), TestImages.Random(50, 40, seed: 2));
        pairs.Add(TestImages.Random(1, 1, seed: 3), TestImages.Random(7, 7, seed: 4));

        Assert.Equal(2, pairs.Count);
        Assert.Equal([pairs[0], pairs[1]], ((IPairSource)pairs).Read(CancellationToken.None));
        Assert.Equal(
            pairs.Preparation.Prepare(TestImages.Random(50, 40, seed: 1), TestImages.Random(50, 40, seed: 2)).Input.Pixels,
            pairs[0].Input.Pixels);
        Assert.All([pairs[0], pairs[1]], pair =>
        {
            Assert.Equal((36, 36, 1), (pair.Input.Width, pair.Input.Height, pair.Input.Channels));
            Assert.Equal((36, 36, 4), (pair.Target.Width, pair.Target.Height, pair.Target.Channels));
        });
    }

    [Fact]
    public void Add_CropMode_KeepsPairsOfSeveralSizes()
    {
        var pairs = new ImagePairs(
            new() { Width = 32, Height = 32 }, new() { Preprocessing = new() { Mode = PreprocessingMode.Crop } });

        pairs.Add(new PixelImage(50, 40), new PixelImage(50, 40));
        pairs.Add(new PixelImage(32, 90), new PixelImage(32, 90));

        Assert.Equal(
            [(50, 40), (32, 90)],
            ((IPairSource)pairs).Read(CancellationToken.None).Select(pair => (pair.Target.Width, pair.Target.Height)));
    }

    [Fact]
    public void Add_PairThatDoesNotFit_KeepsNothing()
    {
        var pairs = new ImagePairs(GeneratorOptions.Default, TrainingOptions.Default);
        Assert.Throws<ArgumentException>(() => pairs.Add(new PixelImage(300, 200), new PixelImage(200, 300)));
        Assert.Equal(0, pairs.Count);
    }
}
