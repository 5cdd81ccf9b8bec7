using Microsoft.ML;
using Pix2Pix.ML.Data;
using static Pix2Pix.ML.Tests.Evaluation.EvaluatedRows;

namespace Pix2Pix.ML.Tests.Evaluation;

/// <summary>FID and KID, by networks whose features are known.</summary>
public sealed class FeatureNetworkTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("pix2pix-features-").FullName, "features.onnx");

    public static TheoryData<string> Networks => ["first", "free", "one", "last"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Evaluate_SolidImages_GivesClosedForms(string network)
    {
        File.WriteAllBytes(_file, network switch
        {
            "first" => FeatureModels.ChannelsFirst(),
            "free" => FeatureModels.ChannelsFirst(side: null),
            "one" => FeatureModels.ChannelsFirst(count: 1),
            _ => FeatureModels.ChannelsLast(8),
        });

        // Features in -1 to 1: red is -1 and 1 in the translations, and 0.2 less far apart in the targets, and 0.1 to the left of it.
        var data = _context.View(
            Row(Solid(12, 0, 0, 255), Solid(12, 0, 0, 255)), Row(Solid(12, 255, 0, 255), Solid(12, 204, 0, 255)));
        var options = new EvaluationOptions { FeatureNetwork = new() { File = _file, BatchSize = 2, Size = network == "free" ? 8 : null } };

        var features = _context.ImageTranslation.Evaluate(data, "Input", "Target", options).Features!;

        // Means 0 and -0.2, unbiased deviations sqrt(2) and 0.8 sqrt(2).
        Assert.Equal((0.2 * 0.2) + (0.2 * 0.2 * 2), features.Fid, 1e-6);
        Assert.Equal(3, features.Dimensions);

        // Dot products: green and blue give 2; red 1, -1, 0.6, -0.6 as the case may be.
        double k(double red) => Math.Pow(((red + 2) / 3) + 1, 3);
        Assert.Equal(k(-1) + k(-0.6) - ((k(1) + k(-0.6) + k(-1) + k(0.6)) / 2), features.Kid, 1e-5);
    }

    [Fact]
    public void Evaluate_MoreRowsThanKidKeeps_DrawsThemByTheSeed()
    {
        File.WriteAllBytes(_file, FeatureModels.ChannelsFirst());
        var data = _context.View(Noisy(50, 8));

        var (first, again, other) = (With(1), With(1), With(2));

        Assert.Equal(first, again);
        Assert.Equal(first.Fid, other.Fid);
        Assert.NotEqual(first.Kid, other.Kid);

        FeatureMetrics With(int seed) => _context.ImageTranslation.Evaluate(
            data, "Input", "Target", new() { FeatureNetwork = new() { File = _file, KidRows = 20, KidSeed = seed } }).Features!;
    }

    [Fact]
    public void Evaluate_OneRow_HasNoFid()
    {
        File.WriteAllBytes(_file, FeatureModels.ChannelsFirst());

        var error = Assert.Throws<PairDataException>(() => Evaluate(rows: 1));

        Assert.Equal("The data has only one row, but FID and KID need at least two. Add rows, or leave FeatureNetwork null.", error.Message);
    }

    [Fact]
    public void Evaluate_NetworkThatCannotBeUsed_SaysWhy()
    {
        Assert.Equal(
            $"The file '{_file}' does not exist; expected an ONNX feature network for FID and KID. Correct FeatureNetworkOptions.File, " +
            "or leave FeatureNetwork null.",
            Assert.Throws<FileNotFoundException>(() => Evaluate()).Message);

        Check("no model", $"The feature network '{_file}' cannot be read as an ONNX model: ");
        Check(
            FeatureModels.NoImages(),
            "cannot be used: its input is 'images' (Float [dynamic, 4]); expected one Float input of shape [N, 3, height, width] or " +
            "[N, height, width, 3], where N is dynamic or 1.");
        Check(FeatureModels.ChannelsFirst(side: null), "the height of its input is dynamic; set FeatureNetworkOptions.Size; the width of its " +
            "input is dynamic;");
        Check(FeatureModels.ChannelsFirst(), "the height of its input is fixed at 8, but FeatureNetworkOptions.Size is 9; leave Size null", size: 9);
        Check(FeatureModels.ChannelsFirst(), "its output is 'means' (Float [dynamic, 3, 1, 1]); expected a Float output named 'features'.", output: "features");
        Check(FeatureModels.Identity(), "returned shape [3, 3, 8, 8] for 3 images; expected [3, features]. Export it with its global pooling");
        Check(FeatureModels.Logarithm(), "returned non-finite values for the translation of row 1.");

        void Check(object model, string message, int? size = null, string? output = null)
        {
            File.WriteAllBytes(_file, model as byte[] ?? "no model"u8.ToArray());
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Evaluate(size, output)).Message);
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    private ImageTranslationMetrics Evaluate(int? size = null, string? output = null, int rows = 3)
        => _context.ImageTranslation.Evaluate(
            _context.View(Noisy(rows, 8)), "Input", "Target", new() { FeatureNetwork = new() { File = _file, Size = size, Output = output } });
}
