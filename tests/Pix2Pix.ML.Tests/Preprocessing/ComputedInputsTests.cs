using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Tests.Data;

namespace Pix2Pix.ML.Tests.Preprocessing;

public sealed class ComputedInputsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pix2pix-inputs-").FullName;
    private readonly MLContext _context = new(seed: 1);

    public ComputedInputsTests()
    {
        for (var i = 0; i < 4; i++)
            File.WriteAllBytes(Path.Combine(_root, $"{i}.png"), ImageBytes.Png(i, 48, 40));
    }

    public static TheoryData<string> Methods => ["DrawEdges", "BlankBlocks", "LowerResolution", "MapImages"];

    private ImageFileView Photos => _context.ImageTranslation.LoadImages(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Transform_Photos_ComputesTheInput(string method)
    {
        var view = New(method, "Input", "Photo").Fit(Photos).Transform(Photos);

        Assert.Equal(["Photo", "File", "Input"], view.Schema.Select(column => column.Name));
        Assert.Equal(4, view.GetRowCount());
        var width = ((ImageDataViewType)view.Schema["Input"].Type).Width;
        Assert.Equal(method == "MapImages" ? 0 : 48, width); // the size of a custom function's result is unknown
        var row = 0;
        using var cursor = view.GetRowCursor(view.Schema);
        var (input, photo) = (cursor.GetGetter<MLImage>(view.Schema["Input"]), cursor.GetGetter<MLImage>(view.Schema["Photo"]));
        MLImage computed = null!, original = null!;
        for (; cursor.MoveNext(); row++)
        {
            input(ref computed);
            photo(ref original);
            var expected = ChannelConversion.ToChannels(Compute(method, PixelLayout.ToRgba(original)), ImageChannels.Rgba);
            Assert.Equal(expected.Pixels, PixelLayout.ToRgba(computed).Pixels);
        }

        Assert.Equal(4, row);
    }

    [Fact]
    public void Transform_OnlyOtherColumns_ReadsNoImages()
    {
        var probe = new ProbeView(() => throw new InvalidDataException("The row must not be read."));
        var view = New("DrawEdges", "Edges", "Input").Fit(probe).Transform(probe);

        Assert.Equal([0], view.GetColumn<int>("Number"));
        using var cursor = view.GetRowCursor([view.Schema["Number"]]);
        Assert.False(cursor.IsColumnActive(view.Schema["Edges"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<MLImage>(view.Schema["Edges"]));
    }

    [Fact]
    public void Transform_Null_StaysNull()
    {
        var probe = new ProbeView(() => null, () => TestImages.Input(1));
        var view = New("DrawEdges", "Edges", "Input").Fit(probe).Transform(probe);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Edges"]);
        MLImage? image = null;

        cursor.MoveNext();
        getter(ref image!);
        Assert.Null(image);
        cursor.MoveNext();
        getter(ref image!);
        Assert.NotNull(image);
    }

    [Fact]
    public void PredictionEngine_OnePhoto_ComputesIt()
    {
        var transformer = New("DrawEdges", "Target", "Input").Fit(_context.Data.LoadFromEnumerable([new TestRow()]));
        using var engine = _context.Model.CreatePredictionEngine<TestRow, TranslatedTarget>(transformer);
        using var photo = TestImages.Input(1);

        using var edges = engine.Predict(new TestRow { Input = photo }).Target!;

        var expected = ChannelConversion.ToChannels(Compute("DrawEdges", PixelLayout.ToRgba(photo)), ImageChannels.Rgba);
        Assert.Equal(expected.Pixels, PixelLayout.ToRgba(edges).Pixels);
    }

    [Fact]
    public void Fit_WrongColumns_ReportsTheExistingColumns()
    {
        var missing = Assert.Throws<ArgumentException>(() => New("DrawEdges", "Input", "Foto").Fit(Photos));
        var text = Assert.Throws<ArgumentException>(() => New("BlankBlocks", "Input", "File").Append(New("DrawEdges", "A", "B")).Fit(Photos));

        Assert.Equal("Column 'Foto' does not exist; the available columns are 'Photo', 'File'.", missing.Message);
        Assert.StartsWith("Column 'File' has type String, but Pix2Pix computes 'Input' from images.", text.Message);
        Assert.Throws<ArgumentException>(() => New("DrawEdges", "", "Photo"));
    }

    /// <summary>Pairs that were never collected: photographs are the targets, and their edges the inputs.</summary>
    [Fact]
    public void Fit_EdgesBeforePix2Pix_TrainsAndSavesWhatCanBeSaved()
    {
        var pipeline = _context.Transforms.DrawEdges("Input", "Photo")
            .Append(_context.ImageTranslation.Pix2Pix("Output", "Input", "Photo", TestModels.Tiny));
        var path = Path.Combine(_root, "model.zip");

        using var chain = pipeline.Fit(Photos);
        var error = Assert.Throws<NotSupportedException>(() => _context.Model.Save(chain, null, path));
        _context.Model.Save(chain.LastTransformer, null, path);

        Assert.Equal(
            "DrawEdges (column 'Photo' to 'Input') cannot be saved because other ML.NET applications do not have its code. Save only " +
            "the stages after it, as in mlContext.Model.Save(chain.LastTransformer, null, path). After loading, apply DrawEdges first " +
            "if column 'Input' is not in the data.",
            error.Message);
        var edges = chain.First();
        using var loaded = (IDisposable)_context.Model.Load(path, out _);
        Assert.Equal(Hashes(chain.Transform(Photos)), Hashes(((ITransformer)loaded).Transform(edges.Transform(Photos))));
    }

    /// <summary>ML.NET can convert to gray itself, and saves that.</summary>
    [Fact]
    public void Fit_StockGrayscale_IsAnInputToo()
    {
        var pipeline = _context.Transforms.ConvertToGrayscale("Input", "Photo")
            .Append(_context.ImageTranslation.Pix2Pix("Output", "Input", "Photo", TestModels.Tiny));

        using var chain = pipeline.Fit(Photos);
        _context.Model.Save(chain, null, Path.Combine(_root, "model.zip"));

        Assert.Equal(4, Hashes(chain.Transform(Photos)).Count);
    }

    private static PixelImage Compute(string method, PixelImage photo) => method switch
    {
        "DrawEdges" => EdgeDrawing.Draw(photo, new EdgeOptions { Sigma = 1 }),
        "BlankBlocks" => Blanking.Blank(photo, new BlankOptions { RandomBlocks = 2 }),
        "LowerResolution" => LowResolution.Lower(photo, new LowResolutionOptions { Factor = 8 }),
        _ => Half(photo),
    };

    private static PixelImage Half(PixelImage photo) => ImageResizer.Resize(photo, photo.Width / 2, photo.Height / 2);

    private IEstimator<ITransformer> New(string method, string output, string input) => method switch
    {
        "DrawEdges" => _context.Transforms.DrawEdges(output, input, new EdgeOptions { Sigma = 1 }),
        "BlankBlocks" => _context.Transforms.BlankBlocks(output, input, new BlankOptions { RandomBlocks = 2 }),
        "LowerResolution" => _context.Transforms.LowerResolution(output, input, new LowResolutionOptions { Factor = 8 }),
        _ => _context.Transforms.MapImages(output, input, Half),
    };

    private static List<string> Hashes(IDataView view)
    {
        using var cursor = view.GetRowCursor([view.Schema["Output"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        var hashes = new List<string>();
        while (cursor.MoveNext())
        {
            MLImage image = null!;
            getter(ref image);
            using (image)
                hashes.Add(TestImages.Hash(image));
        }

        return hashes;
    }

    private sealed class TranslatedTarget
    {
        [ImageType(32, 32)]
        public MLImage? Target { get; set; }
    }
}
