using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// A 4x4 convolution, or its transpose, with its normalization. What is done with it, in which runtime, is up to an
/// <see cref="ILayerOps{T}"/>.
/// </summary>
internal sealed class ConvolutionLayer : nn.Module
{
    /// <summary>The kernel's side; with a stride of two and a padding of one it halves (or doubles) even sides exactly.</summary>
    public const int Kernel = 4;

    public const int Padding = 1;

    private ConvolutionLayer(
        int inputs, int outputs, int stride, bool transposed, NormKind norm, bool bias, Placement place)
        : base(nameof(ConvolutionLayer))
    {
        Stride = stride;
        Transposed = transposed;
        Norm = NormLayer.Create(norm, outputs, place);
        Weight = transposed ? place.Parameter(inputs, outputs, Kernel, Kernel) : place.Parameter(outputs, inputs, Kernel, Kernel);
        register_parameter("weight", Weight);
        if (bias)
        {
            Bias = place.Parameter(outputs);
            register_parameter("bias", Bias);
        }

        if (Norm is not null)
            register_module("norm", Norm);
    }

    public int Stride { get; }

    public bool Transposed { get; }

    /// <summary>(outputs, inputs, 4, 4), transposed (inputs, outputs, 4, 4): the layout of PyTorch and of ONNX.</summary>
    public Parameter Weight { get; }

    public Parameter? Bias { get; }

    public NormLayer? Norm { get; }

    /// <summary>Halves the sides (stride 2), or shrinks them by one (stride 1).</summary>
    public static ConvolutionLayer Down(int inputs, int outputs, NormKind norm, bool bias, Placement place, int stride = 2)
        => new(inputs, outputs, stride, transposed: false, norm, bias, place);

    /// <summary>Doubles the sides.</summary>
    public static ConvolutionLayer Up(int inputs, int outputs, NormKind norm, bool bias, Placement place)
        => new(inputs, outputs, stride: 2, transposed: true, norm, bias, place);

    /// <summary>The convolution alone: (N, inputs, H, W) to (N, outputs, H', W').</summary>
    public Tensor Convolve(Tensor x) => Transposed
        ? nn.functional.conv_transpose2d(x, Weight, Bias, strides: [Stride, Stride], padding: [Padding, Padding])
        : nn.functional.conv2d(x, Weight, Bias, strides: [Stride, Stride], padding: [Padding, Padding]);

    // All is registered above, by name; TorchSharp would register the properties' fields a second time, by theirs.
    protected override void RegisterComponents()
    {
    }
}
