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

    public ResNetGenerator(GeneratorOptions options, TensorFactory place) : base(nameof(ResNetGenerator), options)
    {
        var (f, norm) = (options.Filters, options.Norm);
        // Batch normalization subtracts the mean, so a bias before it would have no effect.
        var bias = norm != NormKind.Batch;
        var doubling = options.Upsampling == Upsampling.ResizeConvolution ? ConvolutionShape.ResizeConvolution : Doubling;
        _encoder =
        [
            new ConvolutionLayer(Wide, options.InputChannels, f, norm, bias, place),
            new ConvolutionLayer(Halving, f, 2 * f, norm, bias, place),
            new ConvolutionLayer(Halving, 2 * f, 4 * f, norm, bias, place),
        ];
        _blocks = [.. Enumerable.Range(0, options.ResidualBlocks).Select(_ => new ResidualBlock(4 * f, norm, bias, place))];
        _decoder =
        [
            new ConvolutionLayer(doubling, 4 * f, 2 * f, norm, bias, place),
            new ConvolutionLayer(doubling, 2 * f, f, norm, bias, place),
            new ConvolutionLayer(Wide, f, options.OutputChannels, NormKind.None, bias: true, place),
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
