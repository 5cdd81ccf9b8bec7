namespace Pix2Pix.Torch.Networks;

/// <summary>What a <see cref="ConvolutionLayer"/> does to the sides of a map. All is alike in both directions.</summary>
/// <param name="Kernel">The kernel's side.</param>
/// <param name="Stride">The step of the kernel; transposed, the distance between the values of the map.</param>
/// <param name="Padding">Values added to each side of the map; transposed, cut from each side of the result.</param>
internal readonly record struct ConvolutionShape(int Kernel, int Stride, int Padding)
{
    /// <summary>Halves even sides exactly; transposed, it doubles them. The paper's layer (appendix 6.1).</summary>
    public static ConvolutionShape Halving { get; } = new(Kernel: 4, Stride: 2, Padding: 1);

    /// <summary>Doubles the sides without a checkerboard: nearest times two, padding by reflection, a 3x3 convolution.</summary>
    public static ConvolutionShape ResizeConvolution { get; } =
        new(Kernel: 3, Stride: 1, Padding: 1) { Enlarges = true, Reflects = true };

    /// <summary>Whether each value becomes 2x2 of them before all else.</summary>
    public bool Enlarges { get; init; }

    /// <summary>Whether the padding mirrors the map, its border left out, instead of zeros. Needs sides above the padding.</summary>
    public bool Reflects { get; init; }

    /// <summary>Whether it is the transpose of the convolution.</summary>
    public bool Transposed { get; init; }

    /// <summary>
    /// Values added to the right and lower side of a transposed convolution's result: for odd kernels, that double exactly.
    /// </summary>
    public int OutputPadding { get; init; }

    /// <summary>The padding that is left to the convolution itself.</summary>
    public int ZeroPadding => Reflects ? 0 : Padding;
}
