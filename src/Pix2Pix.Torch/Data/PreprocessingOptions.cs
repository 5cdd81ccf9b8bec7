namespace Pix2Pix.Torch.Data;

/// <summary>How images of any size become images to learn from. Immutable.</summary>
public sealed record PreprocessingOptions
{
    /// <summary>Resized and cropped, cubic.</summary>
    public static PreprocessingOptions Default { get; } = new();

    /// <summary>The mode.</summary>
    /// <value>The default is <see cref="PreprocessingMode.ResizeAndCrop"/>, as in the paper.</value>
    public PreprocessingMode Mode { get; init => field = Guard.Defined(value); } = PreprocessingMode.ResizeAndCrop;

    /// <summary>How input images are resized: nearest for label maps, cubic for photographs.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel InputKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;

    /// <summary>How target images are resized.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel TargetKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}
