using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Two halvings, residual blocks at a quarter of the size, two doublings (Johnson et al. 2016, as laid out by Zhu et al. 2017, appendix
/// 7.2). Supports any sides that are multiples of 4.
/// </summary>
internal sealed class ResNetGenerator : Generator
{
    private static readonly ConvolutionShape Wide = new(Kernel: 7, Stride: 1, Padding: 3) { Reflects = true };
    private static readonly ConvolutionShape Halving = new(Kernel: 3, Stride: 2, Padding: 1);
    private static readonly ConvolutionShape Doubling = Halving with { Transposed = true, OutputPadding = 1 };

    private readonly ConvolutionLayer[] _encoder; // [0] takes the image, the others halve
    private readonly ResidualBlock[] _blocks;
    private readonly ConvolutionLayer[] _decoder; // [^1] returns the image, the others double

    public ResNetGenerator(GeneratorOptions options, TensorFactory factory) : base(nameof(ResNetGenerator), options)
    {
        var (f, norm) = (options.Filters, options.Norm);
        // Batch normalization subtracts the mean, so a bias before it would have no effect.
        var bias = norm != NormKind.Batch;
        var doubling = options.Upsampling == Upsampling.ResizeConvolution ? ConvolutionShape.ResizeConvolution : Doubling;
        _encoder =
        [
            new ConvolutionLayer(Wide, options.InputChannels, f, norm, bias, factory),
            new ConvolutionLayer(Halving, f, 2 * f, norm, bias, factory),
            new ConvolutionLayer(Halving, 2 * f, 4 * f, norm, bias, factory),
        ];
        _blocks = [.. Enumerable.Range(0, options.ResidualBlocks).Select(_ => new ResidualBlock(4 * f, norm, bias, factory))];
        _decoder =
        [
            new ConvolutionLayer(doubling, 4 * f, 2 * f, norm, bias, factory),
            new ConvolutionLayer(doubling, 2 * f, f, norm, bias, factory),
            new ConvolutionLayer(Wide, f, options.OutputChannels, NormKind.None, bias: true, factory),
        ];
        Register("encoder", _encoder);
        Register("block", _blocks);
        Register("decoder", _decoder);
    }

    internal override T Apply<T>(ILayerOps<T> ops, T x)
    {
        foreach (var layer in _encoder)
            x = ops.Relu(ops.Convolution(x, layer)); // (N, f, H, W), (N, 2f, H / 2, W / 2), (N, 4f, H / 4, W / 4)
        for (var i = 0; i < _blocks.Length; i++)
            x = _blocks[i].Apply(ops, x, Options.Dropout ? Site(i) : null); // (N, 4f, H / 4, W / 4)
        foreach (var layer in _decoder.AsSpan(..^1))
            x = ops.Relu(ops.Convolution(x, layer)); // (N, 2f, H / 2, W / 2), (N, f, H, W)
        return ops.Tanh(ops.Convolution(x, _decoder[^1])); // (N, output channels, H, W)
    }

    private DropoutSite Site(int block) => new(block, 4 * Options.Filters, Options.Height / 4, Options.Width / 4);

    private void Register(string name, IReadOnlyList<TorchSharp.torch.nn.Module> modules)
    {
        for (var i = 0; i < modules.Count; i++)
            register_module($"{name}{i + 1}", modules[i]);
    }
}

/// <summary>
/// Two 3x3 convolutions whose result is added to their input (He et al. 2016), without an activation after the sum (Johnson et al. 2016,
/// supplement).
/// </summary>
internal sealed class ResidualBlock : nn.Module
{
    private static readonly ConvolutionShape Same = new(Kernel: 3, Stride: 1, Padding: 1) { Reflects = true };

    private readonly ConvolutionLayer _first;
    private readonly ConvolutionLayer _second;

    public ResidualBlock(int channels, NormKind norm, bool bias, TensorFactory factory) : base(nameof(ResidualBlock))
    {
        _first = new ConvolutionLayer(Same, channels, channels, norm, bias, factory);
        _second = new ConvolutionLayer(Same, channels, channels, norm, bias, factory);
        register_module("convolution1", _first);
        register_module("convolution2", _second);
    }

    /// <summary>(N, channels, H, W) to the same shape. Dropout, if any, is applied between the convolutions.</summary>
    public T Apply<T>(ILayerOps<T> ops, T x, DropoutSite? dropout)
    {
        var y = ops.Relu(ops.Convolution(x, _first));
        if (dropout is { } site)
            y = ops.Dropout(y, site);
        return ops.Add(x, ops.Convolution(y, _second));
    }

    // As in ConvolutionLayer, everything is registered in the constructor.
    protected override void RegisterComponents()
    {
    }
}
