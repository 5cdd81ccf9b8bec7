namespace Pix2Pix.Torch.Networks;

/// <summary>
/// An encoder that halves the image down to one value a channel, and a decoder that doubles it back (Isola et al. 2017, appendix 6.1):
/// all that passes is in the innermost map. The paper's ablation (section 4.2), and what its U-Net adds skip connections to.
/// </summary>
internal class EncoderDecoderGenerator : Generator
{
    /// <summary>Decoder blocks with dropout, counted from the innermost's neighbour (paper, appendix 6.1).</summary>
    private const int MaxDropouts = 3;

    /// <summary>The innermost block and the four outermost ones have none, so small networks have fewer (as in the peers).</summary>
    private const int BlocksWithoutDropout = 5;

    private readonly ConvolutionLayer[] _encoder; // [0] sees the image, [^1] gives the innermost map
    private readonly ConvolutionLayer[] _decoder; // [0] doubles the innermost map, [^1] gives the image
    private readonly int _dropouts;

    public EncoderDecoderGenerator(GeneratorOptions options, TensorFactory place)
        : this(nameof(EncoderDecoderGenerator), options, maps: 1, place)
    {
    }

    /// <param name="name">Of the network.</param>
    /// <param name="options">What to build.</param>
    /// <param name="maps">How many maps of its size <see cref="Join"/> gives a decoder block to see, one behind the other.</param>
    /// <param name="place">Where to.</param>
    protected EncoderDecoderGenerator(string name, GeneratorOptions options, int maps, TensorFactory place) : base(name, options)
    {
        var depth = options.Depth;
        // Batch normalization subtracts the mean: a bias before it would have no effect.
        var bias = options.Norm != NormKind.Batch;
        var doubling = options.Upsampling == Upsampling.ResizeConvolution
            ? ConvolutionShape.ResizeConvolution
            : ConvolutionShape.Halving with { Transposed = true };
        _dropouts = options.Dropout ? Math.Clamp(depth - BlocksWithoutDropout, 0, MaxDropouts) : 0;

        _encoder = new ConvolutionLayer[depth];
        for (var i = 0; i < depth; i++)
        {
            var inputs = i == 0 ? options.InputChannels : Filters(i - 1);
            var norm = i == 0 || i == depth - 1 ? NormKind.None : options.Norm;
            _encoder[i] = new ConvolutionLayer(ConvolutionShape.Halving, inputs, Filters(i), norm, bias, place);
            register_module($"encoder{i + 1}", _encoder[i]);
        }

        _decoder = new ConvolutionLayer[depth];
        for (var i = 0; i < depth; i++)
        {
            var level = depth - 1 - i; // of the encoder's map that this block doubles
            var inputs = i == 0 ? Filters(level) : maps * Filters(level);
            _decoder[i] = level == 0
                ? new ConvolutionLayer(doubling, inputs, options.OutputChannels, NormKind.None, bias: true, place)
                : new ConvolutionLayer(doubling, inputs, Filters(level - 1), options.Norm, bias, place);
            register_module($"decoder{i + 1}", _decoder[i]);
        }
    }

    internal sealed override T Apply<T>(ILayerOps<T> ops, T x)
    {
        var maps = new T[_encoder.Length]; // before activation; [i]: (N, Filters(i), H / 2^(i+1), W / 2^(i+1))
        maps[0] = ops.Convolution(x, _encoder[0]);
        for (var i = 1; i < maps.Length; i++)
            maps[i] = ops.Convolution(ops.LeakyRelu(maps[i - 1]), _encoder[i]);

        var y = ops.Convolution(ops.Relu(maps[^1]), _decoder[0]);
        for (var i = 1; i < _decoder.Length; i++)
        {
            y = ops.Convolution(Join(ops, maps[^(i + 1)], y), _decoder[i]);
            if (i <= _dropouts)
                y = ops.Dropout(y, Site(i));
        }

        return ops.Tanh(y); // (N, output channels, H, W)
    }

    /// <summary>
    /// What a decoder block sees, activated: here nothing of the encoder's map of the same size. Both maps come before activation.
    /// </summary>
    private protected virtual T Join<T>(ILayerOps<T> ops, T encoder, T decoder) => ops.Relu(decoder);

    private int Filters(int level) => Options.Filters << Math.Min(level, 3);

    private DropoutSite Site(int block)
    {
        var level = Options.Depth - 2 - block; // the encoder's map of the size that this decoder block gives
        return new DropoutSite(block - 1, Filters(level), Options.Height >> (level + 1), Options.Width >> (level + 1));
    }
}
