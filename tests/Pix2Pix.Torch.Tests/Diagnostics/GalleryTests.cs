using Pix2Pix.Imaging;
using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class GalleryTests
{
    private static readonly ImagePair[] Samples =
    [
        new(TestImages.Random(8, 8, 1), TestImages.Random(8, 8, 2)) { Name = "cat.png" },
        new(TestImages.Random(8, 8, 3), TestImages.Random(8, 8, 4)),
    ];

    [Theory]
    [InlineData(4, "1 2 3 4")]
    [InlineData(6, "1 2 3 4 5 6")]
    [InlineData(8, "1 2 3 5 7 8")]
    public void Add_EachEpoch_KeepsTheFirstTheLastAndSomeBetween(int epochs, string expected)
        => Assert.Equal(expected, string.Join(' ', After(epochs).Epochs.Select(epoch => epoch.Epoch)));

    [Theory]
    [InlineData(37)]
    [InlineData(200)]
    [InlineData(1000)]
    public void Add_ManyEpochs_AreSpread(int epochs)
    {
        var kept = After(epochs).Epochs.Select(epoch => epoch.Epoch).ToList();

        Assert.Equal(6, kept.Count);
        Assert.Equal((1, epochs), (kept[0], kept[^1]));
        Assert.All(kept.Zip(kept[1..]), pair => Assert.InRange(pair.Second - pair.First, 1, 2 * epochs / 5 + 1));
    }

    [Fact]
    public void Add_SameEpochAgain_ReplacesIt()
    {
        var gallery = After(3);
        gallery.Add(3, [TestImages.Constant(8, 8, 1), TestImages.Constant(8, 8, 2)]);
        Assert.Equal([1, 2, 3], gallery.Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void Names_PairsWithoutOne_AreCounted() => Assert.Equal(["cat.png", "sample 2"], After(1).Names);

    [Fact]
    public void Add_LargeImages_AreShrunk()
    {
        var gallery = new Gallery([new(TestImages.Random(512, 256, 1), TestImages.Random(512, 256, 2))]);
        var png = Convert.FromBase64String(gallery.Inputs[0]);
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 64], png[16..24]); // width and height in the header
    }

    [Fact]
    public void TakeFrom_APageOfAnotherGallery_HasItsImagesUpToTheEpoch()
    {
        var before = After(4);
        var page = string.Concat(before.Epochs.SelectMany(epoch => epoch.Images.Select(
            (image, sample) => $"<img data-of='{Gallery.Mark(epoch.Epoch, sample)}' src='data:image/png;base64,{image}'>")));
        var resumed = new Gallery(Samples);

        resumed.TakeFrom(page, lastEpoch: 3);

        Assert.Equal([1, 2, 3], resumed.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(before.Epochs[1].Images, resumed.Epochs[1].Images);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<img data-of='1/0' src='data:image/png;base64,AAAA'>")] // one of two samples
    [InlineData("<img data-of='1/0' src='data:image/png;base64,\"><script>'><img data-of='1/1' src='data:image/png;base64,AAAA'>")]
    public void TakeFrom_AnythingElse_TakesNothing(string page)
    {
        var gallery = new Gallery(Samples);
        gallery.TakeFrom(page, lastEpoch: 10);
        Assert.Empty(gallery.Epochs);
    }

    private static Gallery After(int epochs)
    {
        var gallery = new Gallery(Samples);
        for (var epoch = 1; epoch <= epochs; epoch++)
            gallery.Add(epoch, [TestImages.Constant(8, 8, (byte)epoch), TestImages.Constant(8, 8, (byte)(epoch + 1))]);
        return gallery;
    }
}
