namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The U-Net of Isola et al. 2017, section 3.2.1 and appendix 6.1: an encoder that halves the image down to one value a channel, a
/// decoder that doubles it back, and skip connections between maps of the same size.
/// </summary>
internal sealed class UNetGenerator : Generator
{
    /// <summary>Decoder blocks with dropout, counted from the innermost's neighbour (paper, appendix 6.1).</summary>
    private const int MaxDropouts = 3;

    /// <summary>The innermost block and the four outermost ones have none, so small U-Nets have fewer (as in the peers).</summary>
    private const int BlocksWithoutDropout = 5;

    private readonly ConvolutionLayer[] _encoder; // [0] sees the image, [^1] gives the innermost map
    private readonly ConvolutionLayer[] _decoder; // [0] doubles the innermost map, [^1] gives the image
    private readonly int _dropouts;

    public UNetGenerator(GeneratorOptions options, Placement place) : base(nameof(UNetGenerator), options)
    {
        var depth = options.Depth;
        // Batch normalization subtracts the mean: a bias before it would have no effect.
        var bias = options.Norm != NormKind.Batch;
        _dropouts = options.Dropout ? Math.Clamp(depth - BlocksWithoutDropout, 0, MaxDropouts) : 0;

        _encoder = new ConvolutionLayer[depth];
        for (var i = 0; i < depth; i++)
        {
            var inputs = i == 0 ? options.InputChannels : Filters(i - 1);
            var norm = i == 0 || i == depth - 1 ? NormKind.None : options.Norm;
            _encoder[i] = ConvolutionLayer.Down(inputs, Filters(i), norm, bias, place);
            register_module($"encoder{i + 1}", _encoder[i]);
        }

        _decoder = new ConvolutionLayer[depth];
        for (var i = 0; i < depth; i++)
        {
            var level = depth - 1 - i; // of the encoder's map that this block doubles
            var inputs = i == 0 ? Filters(level) : 2 * Filters(level);
            _decoder[i] = level == 0
                ? ConvolutionLayer.Up(inputs, options.OutputChannels, NormKind.None, bias: true, place)
                : ConvolutionLayer.Up(inputs, Filters(level - 1), options.Norm, bias, place);
            register_module($"decoder{i + 1}", _decoder[i]);
        }
    }

    internal override T Apply<T>(ILayerOps<T> ops, T x)
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

    private T Join<T>(ILayerOps<T> ops, T encoder, T decoder) => Options.Skips switch
    {
        SkipConnections.BeforeActivation => ops.Concat(encoder, ops.Relu(decoder)),
        _ => ops.Relu(ops.Concat(encoder, decoder)),
    };

    private int Filters(int level) => Options.Filters << Math.Min(level, 3);

    private DropoutSite Site(int block)
    {
        var level = Options.Depth - 2 - block; // the encoder's map of the size that this decoder block gives
        return new DropoutSite(block - 1, Filters(level), Options.Height >> (level + 1), Options.Width >> (level + 1));
    }
}
