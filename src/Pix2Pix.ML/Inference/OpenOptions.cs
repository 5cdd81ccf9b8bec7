namespace Pix2Pix.ML.Inference;

/// <summary>How a model is opened: where it runs, and how, and what happens to images of another size.</summary>
internal sealed record OpenOptions(GpuChoice Gpu, ExecutionOptions Execution, SizingOptions Sizing)
{
    /// <summary>On the CPU, with the defaults.</summary>
    public static OpenOptions Default { get; } = new(default, ExecutionOptions.Default, SizingOptions.Default);
}
