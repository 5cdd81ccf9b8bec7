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

/// <summary>
/// A normalization over the channels of (N, C, H, W) and its state. Batch normalization has scale, shift and running statistics;
/// instance normalization has no state.
/// </summary>
internal sealed class NormLayer : nn.Module
{
    /// <summary>Added to the variance, as in PyTorch.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The weight of a new batch in the running statistics, as in PyTorch.</summary>
    public const double Momentum = 0.1;

    private NormLayer(int channels, bool affine, TensorFactory place) : base(nameof(NormLayer))
    {
        Channels = channels;
        if (!affine)
            return;
        Scale = place.ParameterOfOnes(channels);
        Shift = place.ParameterOfZeros(channels);
        RunningMean = place.Zeros(channels);
        RunningVariance = place.Ones(channels);
        register_parameter("weight", Scale);
        register_parameter("bias", Shift);
        register_buffer("running_mean", RunningMean);
        register_buffer("running_var", RunningVariance);
    }

    public int Channels { get; }

    /// <summary>Gamma, (C), or null for instance normalization.</summary>
    public Parameter? Scale { get; }

    /// <summary>Beta, (C), or null for instance normalization.</summary>
    public Parameter? Shift { get; }

    public Tensor? RunningMean { get; }

    public Tensor? RunningVariance { get; }

    /// <summary>Creates the normalization of this kind; null for <see cref="NormKind.None"/>.</summary>
    public static NormLayer? Create(NormKind kind, int channels, TensorFactory place)
        => kind == NormKind.None ? null : new NormLayer(channels, kind == NormKind.Batch, place);

    /// <summary>Normalizes by the statistics of the whole batch and updates the running statistics.</summary>
    public Tensor ByBatch(Tensor x)
        => Scale is null ? ByImage(x) : nn.functional.batch_norm(
            x, RunningMean, RunningVariance, Scale, Shift, training: true, Momentum, Epsilon);

    /// <summary>Normalizes each image by its own statistics.</summary>
    public Tensor ByImage(Tensor x)
    {
        // On a CPU, libtorch computes the statistics in the type of scale and shift; without these, in the type of the input.
        if (Scale is null && x.dtype == ScalarType.BFloat16)
            return nn.functional.instance_norm(x.Widened(), null, null, null, null, use_input_stats: true, Momentum, Epsilon).In(x.dtype);
        return nn.functional.instance_norm(x, null, null, Scale, Shift, use_input_stats: true, Momentum, Epsilon);
    }

    /// <summary>Normalizes by the running statistics.</summary>
    public Tensor ByRunning(Tensor x)
        => Scale is null ? ByImage(x) : nn.functional.batch_norm(
            x, RunningMean, RunningVariance, Scale, Shift, training: false, Momentum, Epsilon);

    // As in ConvolutionLayer, everything is registered in the constructor.
    protected override void RegisterComponents()
    {
    }
}

/// <summary>A dropout layer in a generator: its index, and the shape of one image's feature map.</summary>
internal readonly record struct DropoutSite(int Index, int Channels, int Height, int Width)
{
    /// <summary>The fraction of values that dropout keeps.</summary>
    public const double Keep = 0.5;

    /// <summary>
    /// Draws a mask, (count, C, H, W) of 0 or 2. Multiplying by it drops half of the values and preserves the mean. The mask is drawn on
    /// the CPU, so the same seed gives the same mask on every device.
    /// </summary>
    public Tensor Mask(long count, int seed, TensorFactory place)
    {
        using var random = new TorchSharp.torch.Generator((uint)Seeds.Derive(seed, Seeds.Stream.Dropout, Index));
        using var scope = NewDisposeScope();
        var mask = empty([count, Channels, Height, Width], ScalarType.Float32).bernoulli_(Keep, random).DividedInPlace(Keep);
        return mask.to(place.Type).MovedTo(place.Device).MoveToOuterDisposeScope();
    }
}
