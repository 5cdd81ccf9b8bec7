using Microsoft.ML;
using Pix2Pix;
using Pix2Pix.Torch;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/gpu.md.</summary>
internal static class GpuSnippets
{
    public static void Train(Pix2PixOptions options, IDataView pairs)
    {
        // <snippet>
        var mlContext = new MLContext(seed: 1) { GpuDeviceId = 0, FallbackToCpu = false };
        using var model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs);
        // </snippet>
    }

    public static void Check(Pix2PixTransformer model)
    {
        // <snippet>
        TorchRuntimeInfo info = TorchRuntime.Initialize();
        Console.WriteLine($"libtorch of {info.LibTorchFolder}, with CUDA: {info.HasCudaLibraries}");
        Console.WriteLine($"It sees device 0: {TorchRuntime.IsGpuAvailable(0)}");
        Console.WriteLine($"ONNX Runtime translates on {model.ExecutionProvider}");
        // </snippet>
    }

    public static Pix2PixOptions LessPrecision(Pix2PixOptions options)
    {
        // <snippet>
        options = options with { Training = options.Training with { Precision = TrainingPrecision.BFloat16 } };
        // </snippet>
        return options;
    }

    public static void TwoDevices()
    {
        // <snippet>
        using var onCpu = new MLContext().ImageTranslation.LoadModel("model.zip", out _);
        using var onGpu = new MLContext { GpuDeviceId = 1 }.ImageTranslation.LoadModel("model.zip", out _);
        // </snippet>
    }
}
