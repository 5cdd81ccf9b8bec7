using Microsoft.ML;

namespace Pix2Pix.ML;

/// <summary>
/// Which device to use, by ML.NET's convention: an explicit choice wins with its own fallback flag, else the context's pair holds.
/// </summary>
internal readonly record struct GpuChoice(int? DeviceId, bool FallbackToCpu)
{
    public static GpuChoice Of(Pix2PixOptions options, MLContext? mlContext)
        => Of(mlContext).Or(options.GpuDeviceId, options.FallbackToCpu);

    public static GpuChoice Of(MLContext? mlContext)
        => mlContext is null ? default : new GpuChoice(mlContext.GpuDeviceId, mlContext.FallbackToCpu);

    /// <summary>Where translations run: on the device of their own options, where they have one, else on this.</summary>
    public GpuChoice Or(ExecutionOptions execution) => Or(execution.GpuDeviceId, execution.FallbackToCpu);

    private GpuChoice Or(int? deviceId, bool fallbackToCpu) => deviceId is null ? this : new GpuChoice(deviceId, fallbackToCpu);
}
