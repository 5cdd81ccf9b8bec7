namespace Pix2Pix.Torch.Networks;

/// <summary>The geometry of a <see cref="ConvolutionLayer"/>. All values apply to both height and width.</summary>
/// <param name="Kernel">The side length of the kernel.</param>
/// <param name="Stride">The step of the kernel; if transposed, the distance between the values of the input.</param>
/// <param name="Padding">The values added to each side of the input; if transposed, removed from each side of the result.</param>
internal readonly record struct ConvolutionShape(int Kernel, int Stride, int Padding)
{
    /// <summary>Halves even sides exactly, or doubles them if transposed. The paper's layer (appendix 6.1).</summary>
    public static ConvolutionShape Halving { get; } = new(Kernel: 4, Stride: 2, Padding: 1);

    /// <summary>
    /// Doubles the sides without checkerboard artifacts: nearest-neighbor upsampling by two, reflection padding, and a 3x3 convolution.
    /// </summary>
    public static ConvolutionShape ResizeConvolution { get; } =
        new(Kernel: 3, Stride: 1, Padding: 1) { Enlarges = true, Reflects = true };

    /// <summary>Whether the input is first upsampled by two: each value becomes 2x2 values.</summary>
    public bool Enlarges { get; init; }

    /// <summary>
    /// Whether to use reflection padding, without repeating the border, instead of zeros. Requires sides above the padding.
    /// </summary>
    public bool Reflects { get; init; }

    /// <summary>Whether this is a transposed convolution.</summary>
    public bool Transposed { get; init; }

    /// <summary>
    /// The values added to the right and lower side of a transposed convolution's result, so that odd kernels double the sides exactly.
    /// </summary>
    public int OutputPadding { get; init; }

    /// <summary>The zero padding that the convolution itself applies.</summary>
    public int ZeroPadding => Reflects ? 0 : Padding;
}
