using Microsoft.ML.OnnxRuntime;

namespace Pix2Pix.ML.Inference;

/// <summary>Opens an ONNX model on the CPU or on a CUDA device.</summary>
internal static class OnnxSession
{
    public const string Cpu = "CPU";
    public const string Cuda = "CUDA";

    private const string CudaProvider = "CUDAExecutionProvider";

    /// <summary>A session and the provider it runs on.</summary>
    /// <exception cref="InvalidOperationException">The GPU was asked for, is not there, and falling back was not asked for.</exception>
    public static (InferenceSession Session, string Provider) Open(byte[] model, GpuChoice gpu, Pix2PixLog log)
    {
        if (gpu.DeviceId is not { } device)
            return (OpenOnCpu(model), Cpu);
        try
        {
            return (OpenOnCuda(model, device), Cuda);
        }
        // Without CUDA in the native package the entry point is missing, with a broken CUDA installation a library is.
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            var reason = $"ONNX Runtime cannot use CUDA device {device} ({e.Message.Split('\n')[0]}). Reference " +
                "Microsoft.ML.OnnxRuntime.Gpu instead of Microsoft.ML.OnnxRuntime, with CUDA 12 and cuDNN 9 on the machine";
            if (!gpu.FallbackToCpu)
                throw new InvalidOperationException($"{reason}; or set FallbackToCpu.", e);
            log.Warning($"{reason}. Translating on the CPU.");
            return (OpenOnCpu(model), Cpu);
        }
    }

    private static InferenceSession OpenOnCpu(byte[] model)
    {
        using var options = new SessionOptions();
        return new InferenceSession(model, options);
    }

    private static InferenceSession OpenOnCuda(byte[] model, int device)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider))
            throw new EntryPointNotFoundException("its native library was built without CUDA");
        using var cuda = new OrtCUDAProviderOptions();
        // An exhaustive search for algorithms would be made again for each new batch size.
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = device.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["use_tf32"] = "0",
        });
        using var options = SessionOptions.MakeSessionOptionWithCudaProvider(cuda);
        return new InferenceSession(model, options);
    }
}
