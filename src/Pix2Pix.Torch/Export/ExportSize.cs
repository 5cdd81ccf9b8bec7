using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Export;

/// <summary>Estimates the size of an exported generator without exporting it: the weights and the dropout masks.</summary>
internal sealed class ExportSize : ILayerOps<bool>
{
    /// <summary>The maximum size: protocol buffers are limited to 2 GiB, and the graph and its metadata need some space.</summary>
    public const long Limit = int.MaxValue - (16L << 20);

    private readonly bool _hasMasks;
    private long _bytes;

    private ExportSize(InferenceOptions inference) => _hasMasks = inference.Dropout;

    /// <summary>Returns the size in bytes.</summary>
    public static long Of(Generator generator, InferenceOptions inference)
    {
        var size = new ExportSize(inference);
        generator.Apply(size, true);
        return size._bytes;
    }

    public bool Convolution(bool x, ConvolutionLayer layer)
    {
        _bytes += layer.parameters().Sum(parameter => parameter.numel()) * sizeof(float); // includes the normalization's
        return x;
    }

    public bool Dropout(bool x, DropoutSite site)
    {
        _bytes += _hasMasks ? (long)sizeof(float) * site.Channels * site.Height * site.Width : 0;
        return x;
    }

    public bool LeakyRelu(bool x) => x;

    public bool Relu(bool x) => x;

    public bool Tanh(bool x) => x;

    public bool Concat(bool encoder, bool decoder) => encoder;

    public bool Add(bool x, bool y) => x;
}
