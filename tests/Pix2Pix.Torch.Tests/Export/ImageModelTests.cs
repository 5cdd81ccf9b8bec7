using Pix2Pix.Onnx;
using Pix2Pix.Torch.Tests.Networks;

namespace Pix2Pix.Torch.Tests.Export;

[Collection(TorchCollection.Name)]
public class ImageModelTests
{
    private static readonly GeneratorOptions Size = new() { Width = 32, Height = 16 };
    private static readonly ImageModelOptions AtSize = new() { Width = Size.Width, Height = Size.Height };

    public static TheoryData<int, int, ImageLayout, int, double, double> Kinds()
    {
        var kinds = new TheoryData<int, int, ImageLayout, int, double, double>();
        foreach (var opset in (int[])[9, 10, 11, 13, 17, 18, 21])
            kinds.Add(opset, OnnxType.Float, ImageLayout.ChannelsFirst, 3, -1, 1);
        foreach (var layout in Enum.GetValues<ImageLayout>())
        {
            foreach (var channels in (int[])[1, 3, 4])
                kinds.Add(17, OnnxType.Float, layout, channels, 0, 1);
            kinds.Add(17, OnnxType.UInt8, layout, 3, 0, 255);
            kinds.Add(17, OnnxType.Half, layout, 3, -1, 1);
            kinds.Add(17, OnnxType.Float, layout, 3, 0, 255);
            kinds.Add(9, OnnxType.Float, layout, 1, 1, -1); // white on black
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_AnyKind_TakesAndGivesPictures(int opset, int type, ImageLayout layout, int channels, double black, double white)
    {
        var model = ForeignModel.Negative(new(opset, type, layout, channels, black, white));
        var options = type == OnnxType.UInt8 ? AtSize : AtSize with { InputRange = new ValueRange(black, white) };
        var images = AbgrImages.Random(seed: 6, count: 2, Size);
        using var runner = Runner(model, options, out var shape);

        var found = runner.Run(images, 2, Size);

        var expected = Negative(images, channels);
        Assert.InRange(ByteDifference.Between(expected, found).Largest, 0, type == OnnxType.Half ? 1 : 0);
        Assert.Equal((Size.Width, Size.Height, false, false), (shape.Width, shape.Height, shape.IsFixed, shape.TakesOne));
    }

    [Fact]
    public void Write_StandardMetadata_TellsRangeAndColors()
    {
        var model = ForeignModel.Negative(new(Black: 0, White: 255)
        {
            Metadata = [new("Image.NominalPixelRange", "NominalRange_0_255"), new("Image.BitmapPixelFormat", "Bgr8")],
        });
        var images = AbgrImages.Random(seed: 6, count: 1, Size);
        using var runner = Runner(model, AtSize, out _);

        Assert.Equal(Negative(images, channels: 3), runner.Run(images, 1, Size));
    }

    [Fact]
    public void Write_FixedSizeAndBatch_AreTold()
    {
        using var runner = Runner(ForeignModel.Negative(new() { Size = (1L, 16L, 32L) }), new(), out var shape);
        var images = AbgrImages.Random(seed: 6, count: 1, Size);

        Assert.Equal(Negative(images, channels: 3), runner.Run(images, 1, Size));
        Assert.Equal((32, 16, true, true), (shape.Width, shape.Height, shape.IsFixed, shape.TakesOne));
    }

    [Theory]
    [InlineData(ImageChannels.Rgb, ImageChannels.Gray)]
    [InlineData(ImageChannels.Lightness, ImageChannels.Chroma)]
    public void Write_OurNetworkExportedAlone_GivesThePicturesOfTheWhole(ImageChannels from, ImageChannels to)
    {
        var options = new GeneratorOptions { Width = 64, Height = 32, Filters = 3, Input = from, Output = to };
        using var generator = Lively.Generator(options);
        var whole = OnnxRunner.Export(generator, InferenceOptions.Default);
        using var stream = new MemoryStream();
        OnnxVariants.Write(whole, new() { Interface = OnnxInterface.Network }, stream);
        var images = AbgrImages.Random(seed: 6, count: 2, options);
        using var expected = new OnnxRunner(whole);
        using var runner = Runner(stream.ToArray(), new(), out var shape);

        Assert.Equal(expected.Run(images, 2, options), runner.Run(images, 2, options));
        Assert.Equal(ModelShape.Of(options), shape);
        Assert.True(ImageModel.IsOurs(whole));
        Assert.False(ImageModel.IsOurs(stream.ToArray()));
    }

    [Fact]
    public void Write_ContradictingOptions_AreNamed()
    {
        var bytes = ForeignModel.Negative(new(Type: OnnxType.UInt8) { Size = (1L, 16L, 32L) });

        Assert.Contains(
            "InputRange is set, but the ONNX model's tensor 'picture' uint8 [1, 3, 16, 32] contains bytes",
            Refused(bytes, new() { InputRange = ValueRange.Unit }),
            StringComparison.Ordinal);
        Assert.Contains("Width is 64, but", Refused(bytes, new() { Width = 64 }), StringComparison.Ordinal);
        Assert.Contains("no output 'x'", Refused(bytes, new() { OutputName = "x" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 3, 1L, "opset 8")]
    [InlineData(17, 5, 1L, "The channel dimension of the ONNX model's input")]
    [InlineData(17, 2, 1L, "does not have 1, 3 or 4 channels")]
    [InlineData(17, 3, 7L, "a fixed batch size of 7")]
    public void Write_NoImageModel_IsNamed(int opset, int channels, long count, string expected)
    {
        var bytes = ForeignModel.Negative(new(opset, Channels: channels) { Size = (count, 16L, 32L) });

        var error = Assert.Throws<InvalidDataException>(() => ImageModel.Write(bytes, new(), Stream.Null));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "weights.bin", null)]
    [InlineData("5", "weights.bin", "Its weights are 4 bytes at offset 5 of")]
    [InlineData("x", "weights.bin", "The offset of its weights is 'x'")]
    [InlineData("0", "../weights.bin", "expected a file in its own folder")]
    [InlineData("0", "/etc/passwd", "expected a file in its own folder")]
    public void Read_WeightsInAFileBesideIt_AreReadOrNamed(string offset, string location, string? problem)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "weights.bin"), BitConverter.GetBytes(0f));
            var path = Path.Combine(folder, "model.onnx");
            File.WriteAllBytes(path, WithExternalSum(offset, location));
            if (problem is not null)
            {
                Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => Pix2Pix.Onnx.OnnxFile.Read(path)).Message, StringComparison.Ordinal);
                return;
            }

            var images = AbgrImages.Random(seed: 6, count: 1, Size);
            using var runner = Runner(Pix2Pix.Onnx.OnnxFile.Read(path), AtSize, out _);
            Assert.Equal(Negative(images, channels: 3), runner.Run(images, 1, Size));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static OnnxRunner Runner(byte[] model, ImageModelOptions options, out ModelShape shape)
    {
        using var stream = new MemoryStream();
        shape = ImageModel.Write(model, options, stream);
        return new OnnxRunner(stream.ToArray());
    }

    private static string Refused(byte[] model, ImageModelOptions options)
        => Assert.Throws<ArgumentException>(() => ImageModel.Write(model, options, Stream.Null)).Message;

    // As the network sees it: one channel is luma, and three leave alpha opaque.
    private static byte[] Negative(byte[] abgr, int channels)
    {
        var negative = new byte[abgr.Length];
        for (var i = 0; i < abgr.Length; i += OnnxPixels.Channels)
        {
            var luma = ((abgr[i + 3] * 19595) + (abgr[i + 2] * 38470) + (abgr[i + 1] * 7471) + 32768) >> 16;
            negative[i] = channels == 4 ? (byte)(255 - abgr[i]) : (byte)255;
            for (var color = 1; color < OnnxPixels.Channels; color++)
                negative[i + color] = (byte)(255 - (channels == 1 ? luma : abgr[i + color]));
        }

        return negative;
    }

    private static byte[] WithExternalSum(string offset, string location)
    {
        var entries = new[] { ("location", location), ("offset", offset), ("length", "4") }
            .Select(entry => new ProtoMessage().Add(1, entry.Item1).Add(2, entry.Item2));
        var sum = new ProtoMessage().Add(2, (long)OnnxType.Float).Add(8, "sum").AddEach(13, entries).Add(14, 1L);
        var model = ProtoMessage.Parse(ForeignModel.Negative(new()));
        var graph = model.Messages(7).Single();
        using var stream = new MemoryStream();
        model.Without(7).Add(7, graph.Without(5).Add(5, sum)).WriteTo(stream);
        return stream.ToArray();
    }
}
