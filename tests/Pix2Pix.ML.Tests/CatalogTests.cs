using System.Reflection;
using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>The two entry points: <c>mlContext.ImageTranslation</c> and <c>mlContext.Transforms.Pix2Pix</c>.</summary>
public sealed class CatalogTests
{
    private static readonly Pix2PixOptions Unseeded = TestModels.Tiny with { Training = TestModels.Tiny.Training with { Seed = null } };

    [Fact]
    public void ImageTranslation_Members_AreThese()
    {
        var names = typeof(ImageTranslationCatalog).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => method.Name).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "ApplyModel", "Evaluate", "LoadImages", "LoadModel", "LoadPairSplits", "LoadPairs", "LoadPairs", "LoadPairs", "LoadTransformer",
                "Pix2Pix", "Pix2PixSideBySide", "SavePreview",
            ],
            names);
    }

    [Fact]
    public void Transforms_Pix2Pix_CannotBeCalledWithoutAContext()
    {
        var method = Assert.Single(typeof(Pix2PixCatalog).GetMethods(), method => method.Name == nameof(Pix2PixCatalog.Pix2Pix));

        Assert.Equal(
            ["catalog", "mlContext", "outputColumnName", "inputColumnName", "targetColumnName", "options"],
            method.GetParameters().Select(parameter => parameter.Name));
        Assert.Equal(["options"], method.GetParameters().Where(parameter => parameter.IsOptional).Select(parameter => parameter.Name));
    }

    [Fact]
    public void ExtensionsOfMlNet_AreTheseAlone()
    {
        var extensions = typeof(Pix2PixCatalog).Assembly.GetExportedTypes()
            .Where(type => type is { Namespace: "Microsoft.ML", IsNested: false })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Select(method => $"{method.GetParameters()[0].ParameterType.Name}.{method.Name}").Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "MLContext.get_ImageTranslation", "TransformsCatalog.BlankBlocks", "TransformsCatalog.DrawEdges",
                "TransformsCatalog.LowerResolution", "TransformsCatalog.MapImages", "TransformsCatalog.Pix2Pix",
            ],
            extensions);
    }

    [Fact]
    public void Pix2Pix_NullContext_Throws()
    {
        var transforms = new MLContext().Transforms;

        var byTransforms = Assert.Throws<ArgumentNullException>(() => transforms.Pix2Pix(null!, "Output", "Input", "Target"));
        var byContext = Assert.Throws<ArgumentNullException>(() => ((MLContext)null!).ImageTranslation);

        Assert.Equal(("mlContext", "mlContext"), (byTransforms.ParamName, byContext.ParamName));
    }

    [Fact]
    public void Fit_EitherEntryPoint_UsesTheSeedOfTheContext()
    {
        var ours = Fit(new MLContext(seed: 1), throughTransforms: false);
        var transforms = Fit(new MLContext(seed: 1), throughTransforms: true);

        Assert.Equal(ours, transforms);
        Assert.NotEqual(ours, Fit(new MLContext(seed: 2), throughTransforms: false));
        Assert.NotEqual(ours, Fit(new MLContext(seed: 2), throughTransforms: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_EitherEntryPoint_UsesTheLogAndTheGpuOfTheContext(bool throughTransforms)
    {
        Assert.SkipWhen(Torch.TorchRuntime.IsGpuAvailable(0), "This machine has a CUDA device: there is nothing to fall back from.");
        var willing = new MLContext(seed: 1) { GpuDeviceId = 0, FallbackToCpu = true };
        List<string> log = [];
        willing.Log += (_, e) => log.Add(e.Message);

        Fit(willing, throughTransforms);
        var error = Assert.Throws<InvalidOperationException>(() => Fit(new MLContext(seed: 1) { GpuDeviceId = 0 }, throughTransforms));

        Assert.Contains(log, line => line.Contains("libtorch found no CUDA device 0. Training on the CPU."));
        Assert.StartsWith("CUDA device 0 was requested, but libtorch found 0 CUDA devices.", error.Message);
    }

    [Fact]
    public void Pix2Pix_NoOptions_AreThePapers()
    {
        var context = new MLContext();

        Assert.Equal(Pix2PixOptions.Default, context.ImageTranslation.Pix2Pix("Output", "Input", "Target").Options);
        Assert.Equal(Pix2PixOptions.Default, context.Transforms.Pix2Pix(context, "Output", "Input", "Target").Options);
        Assert.Equal(Pix2PixOptions.Default, context.ImageTranslation.Pix2PixSideBySide("Output", "Input", "Pair").Options);
    }

    private static byte[] Fit(MLContext context, bool throughTransforms)
    {
        var estimator = throughTransforms
            ? context.Transforms.Pix2Pix(context, "Output", "Input", "Target", Unseeded)
            : context.ImageTranslation.Pix2Pix("Output", "Input", "Target", Unseeded);
        using var transformer = estimator.Fit(TrainedModel.TrainingRows(context));
        return TestModels.Onnx(transformer);
    }
}
