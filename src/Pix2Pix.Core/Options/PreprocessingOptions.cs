namespace Pix2Pix;

/// <summary>How images of any size become images to learn from. Immutable.</summary>
public sealed record PreprocessingOptions
{
    /// <summary>Resized and cropped, cubic.</summary>
    public static PreprocessingOptions Default { get; } = new();

    /// <summary>The mode.</summary>
    /// <value>The default is <see cref="PreprocessingMode.ResizeAndCrop"/>, as in the paper.</value>
    /// <remarks>It says how pairs are learnt from. A translation brings every image to the generator's size, in all modes.</remarks>
    public PreprocessingMode Mode { get; init => field = Guard.Defined(value); } = PreprocessingMode.ResizeAndCrop;

    /// <summary>How input images are resized: nearest for label maps, cubic for photographs.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    /// <remarks>
    /// It is also how images of another size come to the generator's where the model translates, and the model carries it. There ML.NET's
    /// own resizer does it, so that a saved pipeline needs nothing else. Cubic: its IsoCrop, blended, cut around the centre where the shape
    /// differs. Nearest: its Fill, which invents no colours, but stretches where the shape differs: it has no nearest kernel that cuts. So
    /// <see cref="PreprocessingMode.ResizeAndCrop"/> stretches both images of a pair, too, where this is Nearest.
    /// </remarks>
    public ResizeKernel InputKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;

    /// <summary>How target images are resized.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel TargetKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}
