using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// A convolution of any <see cref="ConvolutionShape"/> with its normalization: the only kind of layer in all networks. An
/// <see cref="ILayerOps{T}"/> runs or exports it.
/// </summary>
internal sealed class ConvolutionLayer : nn.Module
{
    public ConvolutionLayer(ConvolutionShape shape, int inputs, int outputs, NormKind norm, bool bias, TensorFactory place)
        : base(nameof(ConvolutionLayer))
    {
        Shape = shape;
        Outputs = outputs;
        Norm = NormLayer.Create(norm, outputs, place);
        Weight = shape.Transposed
            ? place.Parameter(inputs, outputs, shape.Kernel, shape.Kernel)
            : place.Parameter(outputs, inputs, shape.Kernel, shape.Kernel);
        register_parameter("weight", Weight);
        if (bias)
        {
            Bias = place.Parameter(outputs);
            register_parameter("bias", Bias);
        }

        if (Norm is not null)
            register_module("norm", Norm);
    }

    public ConvolutionShape Shape { get; }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    /// <summary>(outputs, inputs, k, k), or (inputs, outputs, k, k) if transposed: the layout of PyTorch and ONNX.</summary>
    public Parameter Weight { get; }

    public Parameter? Bias { get; }

    public NormLayer? Norm { get; }

    /// <summary>Applies the layer without its normalization: (N, inputs, H, W) to (N, outputs, H', W').</summary>
    /// <param name="x">The input.</param>
    /// <param name="type">The type of the computation and of the result; null for the type of the weights.</param>
    public Tensor Convolve(Tensor x, ScalarType? type = null)
    {
        // Conversions are differentiable: gradients reach the weights in the weights' own type.
        var (weight, ownBias) = (Weight.In(type), Bias?.In(type));
        x = x.In(type);

        var (stride, padding) = (Shape.Stride, Shape.ZeroPadding);
        if (Shape.Enlarges)
            x = nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        if (Shape.Reflects)
            x = nn.functional.pad(x, (Shape.Padding, Shape.Padding, Shape.Padding, Shape.Padding), PaddingModes.Reflect);

        var (inputs, outputs) = OneDnnChannelPadding.Missing(x, (int)x.shape[1], Outputs, Shape.Transposed);
        x = OneDnnChannelPadding.WithChannels(x, inputs);
        var bias = OneDnnChannelPadding.WithValues(ownBias, outputs);
        var y = Shape.Transposed
            ? nn.functional.conv_transpose2d(
                x, OneDnnChannelPadding.WithChannels(weight, inputs, outputs), bias, strides: [stride, stride], padding: [padding, padding],
                output_padding: [Shape.OutputPadding, Shape.OutputPadding])
            : nn.functional.conv2d(
                x, OneDnnChannelPadding.WithChannels(weight, outputs, inputs), bias, strides: [stride, stride], padding: [padding, padding]);
        return outputs == 0 ? y : y.narrow(1, 0, Outputs);
    }

    // Everything is registered by name in the constructor; TorchSharp would register the backing fields of the properties again.
    protected override void RegisterComponents()
    {
    }
}
