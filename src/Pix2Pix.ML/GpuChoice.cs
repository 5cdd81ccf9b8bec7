using Microsoft.ML;

namespace Pix2Pix.ML;

/// <summary>
/// Selects the device by ML.NET's convention: an explicit device uses its own fallback flag; otherwise the context's settings apply.
/// </summary>
internal readonly record struct GpuChoice(int? DeviceId, bool FallbackToCpu)
{
    public static GpuChoice Of(Pix2PixOptions options, MLContext mlContext)
        => Of(mlContext).Or(options.GpuDeviceId, options.FallbackToCpu);

    public static GpuChoice Of(MLContext mlContext) => new(mlContext.GpuDeviceId, mlContext.FallbackToCpu);

    /// <summary>Returns the device for translations: that of their own options if set, otherwise this one.</summary>
    public GpuChoice Or(ExecutionOptions execution) => Or(execution.GpuDeviceId, execution.FallbackToCpu);

    private GpuChoice Or(int? deviceId, bool fallbackToCpu) => deviceId is null ? this : new GpuChoice(deviceId, fallbackToCpu);
}
