namespace Pix2Pix;

/// <summary>How images of any size are prepared for training. Immutable.</summary>
public sealed record PreprocessingOptions
{
    /// <summary>Resizes and crops, with the cubic kernel.</summary>
    public static PreprocessingOptions Default { get; } = new();

    /// <summary>The preprocessing mode.</summary>
    /// <value>The default is <see cref="PreprocessingMode.ResizeAndCrop"/>, as in the paper.</value>
    /// <remarks>It applies to training. A translation resizes every image to the generator's size, in all modes.</remarks>
    public PreprocessingMode Mode { get; init => field = Guard.Defined(value); } = PreprocessingMode.ResizeAndCrop;

    /// <summary>How input images are resized: nearest for label maps, cubic for photographs.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    /// <remarks>
    /// The kernel is saved with the model, which also uses it to translate images of another size than the generator's. There, ML.NET's own
    /// resizer is used, so that a saved pipeline needs nothing else. Cubic: its IsoCrop, blended, cropped around the center if the shape
    /// differs. Nearest: its Fill, which creates no new colors but stretches if the shape differs, because ML.NET has no nearest kernel
    /// that crops. Therefore <see cref="PreprocessingMode.ResizeAndCrop"/> also stretches both images of a pair if this is Nearest.
    /// </remarks>
    public ResizeKernel InputKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;

    /// <summary>How target images are resized.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel TargetKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}
