using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

/// <summary>How Fit handles valid and invalid rows.</summary>
public sealed class PairReaderTests
{
    private readonly MLContext _context = new(seed: 3);

    private static Pix2PixOptions Tiny => TestModels.Tiny;

    [Fact]
    public void Fit_NoRows_ReportsIt()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(Tiny));

        Assert.Equal("The data has no rows; expected at least one pair of images.", error.Message);
    }

    [Fact]
    public void Fit_FaultyRows_NamesAllOfThem()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(
            Tiny,
            new TestRow { Name = "good", Input = TestImages.Input(1), Target = TestImages.Target(1) },
            new TestRow { Name = "a.png", Input = null, Target = TestImages.Target(1) },
            new TestRow { Name = "b.png", Input = TestImages.Input(1), Target = null },
            new TestRow { Name = string.Empty, Input = TestImages.Input(1, 64, 32), Target = TestImages.Target(1) }));

        Assert.Equal(
            """
            3 of 4 rows cannot be used for training. Fix these rows or filter them out:
              Row 2 (a.png): column 'Input' is null; expected an image. Check that its file exists and can be read.
              Row 3 (b.png): column 'Target' is null; expected an image. Check that its file exists and can be read.
              Row 4: The input is 64x32 and the target is 32x32; expected the same aspect ratio at any resolution. Crop one of the images to match the other.
            """,
            error.Message);
        Assert.Equal(3, error.Problems.Count);
    }

    [Fact]
    public void Fit_CorruptFile_NamesItsRow()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
        try
        {
            TestImages.Input(1).Save(Path.Combine(folder.FullName, "good.png"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "bad.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
            var rows = _context.Data.LoadFromEnumerable<Paths>([new() { File = "good.png" }, new() { File = "bad.jpg" }]);
            var pipeline = _context.Transforms.LoadImages("Image", folder.FullName, "File")
                .Append(_context.ImageTranslation.Pix2Pix("Output", "Image", "Image", Tiny));

            var error = Assert.Throws<PairDataException>(() => pipeline.Fit(rows));

            Assert.StartsWith("Row 2 (bad.jpg): column 'Image' ", Assert.Single(error.Problems));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>ML.NET's own text for both is "Invalid input stream contents (Parameter 'imageStream')".</summary>
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("no image", "is not an image that can be decoded")]
    public void Fit_FileWithoutAnImage_ReportsWhatItIs(string content, string problem)
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
        try
        {
            var bad = Path.Combine(folder.FullName, "bad.jpg");
            File.WriteAllText(bad, content);

            var byPath = Assert.Throws<PairDataException>(() => FitFile(null, bad));
            var byName = Assert.Throws<PairDataException>(() => FitFile(folder.FullName, "bad.jpg"));

            Assert.Equal($"Row 1 ({bad}): column 'Image' cannot be read: '{bad}' {problem}.", Assert.Single(byPath.Problems));
            Assert.Equal(
                "Row 1 (bad.jpg): column 'Image' cannot be read: the file is empty, or not an image that can be decoded.",
                Assert.Single(byName.Problems));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void FitFile(string? root, string file)
        {
            var rows = _context.Data.LoadFromEnumerable<Paths>([new() { File = file }]);
            _context.Transforms.LoadImages("Image", root, "File")
                .Append(_context.ImageTranslation.Pix2Pix("Output", "Image", "Image", Tiny)).Fit(rows);
        }
    }

    [Fact]
    public void Fit_ImagesOfManySizes_Trains()
    {
        TestRow[] rows =
        [
            new() { Input = TestImages.Input(1, 64, 64), Target = TestImages.Target(1, 32, 32) },
            new() { Input = TestImages.Input(2, 40, 40), Target = TestImages.Target(2, 200, 200) },
            new() { Input = TestImages.Input(3, 90, 30), Target = TestImages.Target(3, 31, 11) }, // 2.94 % apart: not the same shape
        ];

        using var transformer = Fit(Tiny, rows[..2]);
        var error = Assert.Throws<PairDataException>(() => Fit(Tiny, rows));

        Assert.Equal(2, transformer.Training!.Pairs);
        Assert.Contains("Row 3", Assert.Single(error.Problems));
        Assert.Equal(64 * 64 * 4, rows[0].Input!.Pixels.Length); // not disposed
    }

    [Fact]
    public void Fit_CropMode_TrainsOnOriginalSizes()
    {
        var log = new List<string>();
        _context.Log += (_, e) => log.Add(e.Message);
        var options = Tiny with { Training = Tiny.Training with { Preprocessing = new() { Mode = PreprocessingMode.Crop } } };
        TestRow[] rows =
        [
            new() { Input = TestImages.Input(1, 64, 50), Target = TestImages.Target(1, 64, 50) },
            new() { Input = TestImages.Input(2, 33, 35), Target = TestImages.Target(2, 33, 35) },
            new() { Name = "small.png", Input = TestImages.Input(3, 40, 31), Target = TestImages.Target(3, 40, 31) },
        ];

        using var transformer = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options)
            .Fit(_context.Data.LoadFromEnumerable(rows[..2]));
        var error = Assert.Throws<PairDataException>(() => Fit(options, rows));

        Assert.Equal(2, transformer.Training!.Pairs);
        Assert.Contains(log, line => line.Contains("2 pairs of 33x35 to 64x50 pixels, kept in memory: "));
        Assert.Equal(
            "Row 3 (small.png): The input is 40x31, and mode Crop does not resize it; expected at least the generator's 32x32. Remove the "
            + "pair, use a smaller generator size, or use mode ResizeAndCrop.",
            Assert.Single(error.Problems));
    }

    [Fact]
    public void Fit_OneColumnTwice_ReadsEachImageOnce()
    {
        var reads = 0;
        var rows = _context.Transforms.CustomMapping<Pair, Photo>((_, photo) => photo.Image = Read(++reads), contractName: null)
            .Fit(_context.Data.LoadFromEnumerable(new Pair[3])).Transform(_context.Data.LoadFromEnumerable<Pair>([new(), new(), new()]));

        using var transformer = _context.ImageTranslation.Pix2Pix("Output", "Image", "Image", TestModels.Colorization).Fit(rows);

        Assert.Equal((3, 3), (transformer.Training!.Pairs, reads));

        static MLImage Read(int seed) => TestImages.Input(seed);
    }

    [Theory]
    [InlineData(PairSide.Left)]
    [InlineData(PairSide.Right)]
    public void Fit_SideBySide_TrainsAsWithTwoColumns(PairSide inputSide)
    {
        var (inputs, targets) = (Enumerable.Range(0, 4).Select(i => TestImages.Input(i)), Enumerable.Range(0, 4).Select(i => TestImages.Target(i)));
        var pairs = inputs.Zip(targets, (input, target) => new Pair
        {
            Both = inputSide == PairSide.Left ? Joined(input, target) : Joined(target, input),
        }).ToArray();

        using var fromPairs = _context.ImageTranslation.Pix2PixSideBySide("Output", "Input", "Both", inputSide, Tiny)
            .Fit(_context.Data.LoadFromEnumerable(pairs));
        using var fromColumns = Fit(
            Tiny, [.. inputs.Zip(targets, (input, target) => new TestRow { Input = input, Target = target })]);

        Assert.Equal(TestModels.Onnx(fromColumns), TestModels.Onnx(fromPairs));
    }

    [Fact]
    public void Fit_SideBySideOfOddWidth_NamesTheRow()
    {
        var odd = new Pair { Both = TestImages.Input(1, 65, 32) };

        var error = Assert.Throws<PairDataException>(
            () => _context.ImageTranslation.Pix2PixSideBySide("Output", "Input", "Both", PairSide.Left, Tiny)
                .Fit(_context.Data.LoadFromEnumerable([odd])));

        Assert.Equal(
            "Row 1: The side-by-side image is 65x32; its width must be even, because each half is one image of the pair. Save the pair " +
            "as two images of equal width, or pass the two images separately.",
            Assert.Single(error.Problems));
    }

    private static MLImage Joined(MLImage left, MLImage right)
    {
        var (width, height) = (left.Width, left.Height);
        var pixels = new byte[2 * width * height * 4];
        for (var y = 0; y < height; y++)
        {
            left.Pixels.Slice(y * width * 4, width * 4).CopyTo(pixels.AsSpan(y * width * 8));
            right.Pixels.Slice(y * width * 4, width * 4).CopyTo(pixels.AsSpan((y * width * 8) + (width * 4)));
        }

        return MLImage.CreateFromPixels(2 * width, height, left.PixelFormat, pixels);
    }

    private Pix2PixTransformer Fit(Pix2PixOptions options, params TestRow[] rows)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(_context.Data.LoadFromEnumerable(rows));

    private sealed class Pair
    {
        [ImageType(32, 64)]
        public MLImage? Both { get; set; }
    }

    private sealed class Photo
    {
        [ImageType(32, 32)]
        public MLImage? Image { get; set; }
    }

    private sealed class Paths
    {
        public string File { get; set; } = string.Empty;
    }
}
