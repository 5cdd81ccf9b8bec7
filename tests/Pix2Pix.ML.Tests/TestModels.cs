namespace Pix2Pix.ML.Tests;

/// <summary>Models that train in a moment.</summary>
internal static class TestModels
{
    public static Pix2PixOptions Tiny { get; } = TrainedModel.Options with { Training = new() { Epochs = 1, BatchSize = 2, Seed = 7 } };

    /// <summary>The bytes of the ONNX file.</summary>
    public static byte[] Onnx(Pix2PixTransformer transformer)
    {
        using var stream = new MemoryStream();
        transformer.SaveAsOnnx(stream);
        return stream.ToArray();
    }
}
