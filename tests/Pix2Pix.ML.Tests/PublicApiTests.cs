using Pix2Pix.Torch;

namespace Pix2Pix.ML.Tests;

public sealed class PublicApiTests
{
    private static readonly Type[] Types =
        [.. new[] { typeof(Pix2PixException), typeof(Pix2PixTrainer), typeof(ImageTranslationCatalog) }
            .SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => !type.IsNested)];

    [Fact]
    public void Exceptions_HaveOneBase()
    {
        var exceptions = Types.Where(type => type.IsAssignableTo(typeof(Exception)) && type != typeof(Pix2PixException)).ToArray();

        Assert.Equal(
            ["CheckpointException", "PairDataException", "TorchRuntimeException", "TrainingDivergedException", "WeightImportException"],
            exceptions.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(exceptions, type => Assert.Equal(typeof(Pix2PixException), type.BaseType));
        Assert.True(typeof(Pix2PixException).IsAbstract);
    }

    [Fact]
    public void Types_AreFew()
    {
        var ours = Types.Where(type => type.Namespace != "Microsoft.ML").Select(type => type.FullName!)
            .Order(StringComparer.Ordinal).ToArray();

        Assert.True(ours.Length <= 95, $"{ours.Length} public types; expected at most 95: {string.Join(", ", ours)}");
    }

    // "using Microsoft.ML" and "using Pix2Pix" suffice for a pipeline.
    [Theory]
    [InlineData(typeof(Pix2PixEstimator))]
    [InlineData(typeof(Pix2PixTransformer))]
    [InlineData(typeof(Pix2PixModelEstimator))]
    [InlineData(typeof(ImageTranslationMetrics))]
    [InlineData(typeof(ImageProgress))]
    [InlineData(typeof(TrainingProgress))]
    [InlineData(typeof(TrainingSummary))]
    [InlineData(typeof(FolderTranslation))]
    [InlineData(typeof(PairSplits))]
    public void ResultsAndOptions_AreInOneNamespace(Type type)
    {
        Assert.Equal("Pix2Pix", type.Namespace);
        Assert.All(Types, option => Assert.True(!option.Name.EndsWith("Options", StringComparison.Ordinal) || option.Namespace == "Pix2Pix"));
    }
}
