using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The operations of a generator. A generator is defined once in these terms; <see cref="TensorOps"/> runs the definition in TorchSharp,
/// and <c>OnnxOps</c> writes it as an ONNX graph, so that both stay consistent.
/// </summary>
/// <typeparam name="T">A tensor, or the name of one.</typeparam>
internal interface ILayerOps<T>
{
    /// <summary>Applies the layer with its <see cref="ConvolutionShape"/> and its normalization, if any.</summary>
    T Convolution(T x, ConvolutionLayer layer);

    /// <summary>LeakyReLU with a slope of 0.2.</summary>
    T LeakyRelu(T x);

    T Relu(T x);

    T Tanh(T x);

    /// <summary>Concatenates two feature maps of the same size along the channels, the encoder's first.</summary>
    T Concat(T encoder, T decoder);

    /// <summary>Adds two feature maps of the same shape.</summary>
    T Add(T x, T y);

    /// <summary>Applies dropout with a probability of one half. The site has the shape of one image's feature map, without N.</summary>
    T Dropout(T x, DropoutSite site);
}

/// <summary>Runs layers in TorchSharp. The two derived classes differ in normalization and dropout.</summary>
internal abstract class TensorOps : ILayerOps<Tensor>
{
    /// <summary>The slope of LeakyReLU for negative values, as in the paper.</summary>
    public const double LeakySlope = 0.2;

    private readonly ScalarType? _activationType;

    /// <param name="activationType">The type of convolutions and of the activations between them; null for the type of the weights.</param>
    /// <param name="channelsLast">Whether the inputs and outputs of convolutions have the channels-last layout.</param>
    protected TensorOps(ScalarType? activationType = null, bool channelsLast = false)
    {
        _activationType = activationType;
        ChannelsLast = channelsLast;
    }

    /// <summary>Whether the inputs of convolutions have the channels-last layout.</summary>
    public bool ChannelsLast { get; }

    public Tensor Convolution(Tensor x, ConvolutionLayer layer)
    {
        var convolved = layer.Convolve(ChannelsLast ? x.ChannelsLast() : x, _activationType);
        return layer.Norm is null ? convolved : Normalize(convolved, layer.Norm);
    }

    public Tensor LeakyRelu(Tensor x) => x.LeakyRelu(LeakySlope);

    public Tensor Relu(Tensor x) => nn.functional.relu(x);

    public Tensor Tanh(Tensor x) => x.Widened().tanh();

    public Tensor Concat(Tensor encoder, Tensor decoder) => cat([encoder, decoder], 1);

    public Tensor Add(Tensor x, Tensor y) => x.Plus(y);

    public abstract Tensor Dropout(Tensor x, DropoutSite site);

    protected abstract Tensor Normalize(Tensor x, NormLayer norm);

    protected static Tensor Masked(Tensor x, DropoutSite site, long count, int seed)
        => x * site.Mask(count, seed, new TensorFactory(x.device, x.dtype));
}

/// <summary>
/// Runs layers for training: with a dropout mask for each image, and with the statistics of the batch, which also update the running
/// statistics, or of each image.
/// </summary>
internal sealed class TrainingOps : TensorOps
{
    private readonly int _dropoutSeed;
    private readonly NormStatistics _statistics;

    /// <param name="dropoutSeed">The seed of the dropout masks. It must differ between steps, or each step drops the same values.</param>
    /// <param name="statistics">The statistics of each image, or those of the batch, which also update the running statistics.</param>
    /// <param name="activationType">The type of convolutions and of the activations between them; null for the type of the weights.</param>
    /// <param name="channelsLast">Whether the inputs of convolutions have the channels-last layout.</param>
    public TrainingOps(
        int dropoutSeed, NormStatistics statistics = NormStatistics.Running, ScalarType? activationType = null, bool channelsLast = false)
        : base(activationType, channelsLast)
    {
        _dropoutSeed = dropoutSeed;
        _statistics = statistics;
    }

    public override Tensor Dropout(Tensor x, DropoutSite site) => Masked(x, site, x.shape[0], _dropoutSeed);

    protected override Tensor Normalize(Tensor x, NormLayer norm)
        => _statistics == NormStatistics.Image ? norm.ByImage(x) : norm.ByBatch(x);
}

/// <summary>
/// Runs layers for inference, as <see cref="InferenceOptions"/> specify. The result for an image does not depend on its batch.
/// </summary>
internal sealed class InferenceOps : TensorOps
{
    private readonly InferenceOptions _options;

    public InferenceOps(InferenceOptions options)
    {
        options.RequireStatistics();
        _options = options;
    }

    public override Tensor Dropout(Tensor x, DropoutSite site)
        => _options.Dropout ? Masked(x, site, count: 1, _options.DropoutSeed) : x;

    protected override Tensor Normalize(Tensor x, NormLayer norm)
        => _options.Statistics == NormStatistics.Image ? norm.ByImage(x) : norm.ByRunning(x);
}

/// <summary>Converts activations to and from a lower precision than that of the weights, if the training uses one.</summary>
internal static class ActivationPrecision
{
    /// <summary>Converts to this type; null leaves the tensor unchanged. Gradients have the type of <paramref name="x"/>.</summary>
    public static Tensor In(this Tensor x, ScalarType? type) => type is null || x.dtype == type ? x : x.to(type.Value);

    /// <summary>Converts bfloat16 to float32; other types are unchanged. Used for sums over many values and for differences.</summary>
    public static Tensor Widened(this Tensor x) => x.dtype == ScalarType.BFloat16 ? x.to(ScalarType.Float32) : x;
}

/// <summary>Changes the memory layout of activations; their dimensions and values stay the same.</summary>
internal static class ActivationLayout
{
    /// <summary>
    /// Returns (N, C, H, W) with the channels of a pixel adjacent in memory: PyTorch's channels_last. Returns the tensor itself if it
    /// already has this layout, otherwise a copy.
    /// </summary>
    /// <remarks>
    /// Convolutions, batch normalization, activation functions and concatenations of two such tensors preserve the layout. Instance
    /// normalization returns to planes, and so do operations after a 1x1 feature map, as in the middle of a U-Net, which matches both
    /// layouts.
    /// </remarks>
    public static Tensor ChannelsLast(this Tensor x)
    {
        var (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3]);
        return x.stride() is [var image, 1, var row, var column]
            && column == channels && row == channels * width && image == channels * width * height
            ? x
            : x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }
}
