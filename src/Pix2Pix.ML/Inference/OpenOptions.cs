namespace Pix2Pix.ML.Inference;

/// <summary>Defines how a model is opened: the device, the execution settings, and how images of another size are handled.</summary>
internal sealed record OpenOptions(GpuChoice Gpu, ExecutionOptions Execution, SizingOptions Sizing)
{
    /// <summary>On the CPU, with the defaults.</summary>
    public static OpenOptions Default { get; } = new(default, ExecutionOptions.Default, SizingOptions.Default);
}
