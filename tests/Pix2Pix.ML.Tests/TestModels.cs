using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>Models that train quickly.</summary>
internal static class TestModels
{
    public static Pix2PixOptions Tiny { get; } = TrainedModel.Options with { Training = new() { Epochs = 1, BatchSize = 2, Seed = 7 } };

    /// <summary>For label maps.</summary>
    public static Pix2PixOptions Nearest { get; } = Tiny with
    {
        Training = Tiny.Training with { Preprocessing = new() { InputKernel = ResizeKernel.Nearest } },
    };

    /// <summary>From lightness to colors.</summary>
    public static Pix2PixOptions Colorization { get; } = Tiny with
    {
        Generator = Tiny.Generator with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma },
    };

    /// <summary>A model that translates with these statistics.</summary>
    public static Pix2PixTransformer Train(NormStatistics statistics)
    {
        var context = new MLContext(seed: 1);
        return context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", TrainedModel.Options with { Inference = new() { Statistics = statistics } })
            .Fit(TrainedModel.TrainingRows(context));
    }

    /// <summary>The bytes of the ONNX file.</summary>
    public static byte[] Onnx(Pix2PixTransformer transformer)
    {
        using var stream = new MemoryStream();
        transformer.SaveAsOnnx(stream);
        return stream.ToArray();
    }
}
