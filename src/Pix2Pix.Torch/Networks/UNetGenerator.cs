namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The U-Net of Isola et al. 2017, section 3.2.1 and appendix 6.1: the encoder-decoder with skip connections between feature maps of the
/// same size.
/// </summary>
internal sealed class UNetGenerator : EncoderDecoderGenerator
{
    public UNetGenerator(GeneratorOptions options, TensorFactory factory) : base(nameof(UNetGenerator), options, mapsPerBlock: 2, factory)
    {
    }

    private protected override T Join<T>(ILayerOps<T> ops, T encoder, T decoder) => Options.Skips switch
    {
        SkipConnections.BeforeActivation => ops.Concat(encoder, ops.Relu(decoder)),
        _ => ops.Relu(ops.Concat(encoder, decoder)),
    };
}

/// <summary>
/// An encoder that halves the image down to one value per channel, and a decoder that doubles it back (Isola et al. 2017, appendix 6.1).
/// All information passes through the innermost feature map. Used in the paper's ablation (section 4.2); its U-Net adds skip connections.
/// </summary>
internal class EncoderDecoderGenerator : Generator
{
    /// <summary>The maximum number of decoder blocks with dropout, starting next to the innermost block (paper, appendix 6.1).</summary>
    private const int MaxDropouts = 3;

    /// <summary>
    /// The innermost block and the four outermost ones have no dropout, so small networks have fewer blocks with it (as in other
    /// implementations).
    /// </summary>
    private const int BlocksWithoutDropout = 5;

    private readonly ConvolutionLayer[] _encoder; // [0] takes the image, [^1] returns the innermost feature map
    private readonly ConvolutionLayer[] _decoder; // [0] doubles the innermost feature map, [^1] returns the image
    private readonly int _dropouts;

    public EncoderDecoderGenerator(GeneratorOptions options, TensorFactory factory)
        : this(nameof(EncoderDecoderGenerator), options, mapsPerBlock: 1, factory)
    {
    }

    /// <param name="name">The name of the network.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="mapsPerBlock">The number of feature maps that <see cref="Join"/> concatenates for a decoder block.</param>
    /// <param name="factory">Creates the tensors.</param>
    protected EncoderDecoderGenerator(string name, GeneratorOptions options, int mapsPerBlock, TensorFactory factory) : base(name, options)
    {
        var depth = options.Depth;
        // Batch normalization subtracts the mean, so a bias before it would have no effect.
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
            _encoder[i] = new ConvolutionLayer(ConvolutionShape.Halving, inputs, Filters(i), norm, bias, factory);
            register_module($"encoder{i + 1}", _encoder[i]);
        }

        _decoder = new ConvolutionLayer[depth];
        for (var i = 0; i < depth; i++)
        {
            var level = depth - 1 - i; // of the encoder block whose output size this block doubles
            var inputs = i == 0 ? Filters(level) : mapsPerBlock * Filters(level);
            _decoder[i] = level == 0
                ? new ConvolutionLayer(doubling, inputs, options.OutputChannels, NormKind.None, bias: true, factory)
                : new ConvolutionLayer(doubling, inputs, Filters(level - 1), options.Norm, bias, factory);
            register_module($"decoder{i + 1}", _decoder[i]);
        }
    }

    internal sealed override T Apply<T>(ILayerOps<T> ops, T x)
    {
        var encoded = new T[_encoder.Length]; // before activation; [i]: (N, Filters(i), H / 2^(i+1), W / 2^(i+1))
        encoded[0] = ops.Convolution(x, _encoder[0]);
        for (var i = 1; i < encoded.Length; i++)
            encoded[i] = ops.Convolution(ops.LeakyRelu(encoded[i - 1]), _encoder[i]);

        var y = ops.Convolution(ops.Relu(encoded[^1]), _decoder[0]);
        for (var i = 1; i < _decoder.Length; i++)
        {
            y = ops.Convolution(Join(ops, encoded[^(i + 1)], y), _decoder[i]);
            if (i <= _dropouts)
                y = ops.Dropout(y, Site(i));
        }

        return ops.Tanh(y); // (N, output channels, H, W)
    }

    /// <summary>
    /// Returns the activated input of a decoder block; here, without the encoder's feature map of the same size. Both arguments are
    /// pre-activation.
    /// </summary>
    private protected virtual T Join<T>(ILayerOps<T> ops, T encoder, T decoder) => ops.Relu(decoder);

    private int Filters(int level) => Options.Filters << Math.Min(level, 3);

    private DropoutSite Site(int block)
    {
        var level = Options.Depth - 2 - block; // of the encoder block with the output size of this decoder block
        return new DropoutSite(block - 1, Filters(level), Options.Height >> (level + 1), Options.Width >> (level + 1));
    }
}
