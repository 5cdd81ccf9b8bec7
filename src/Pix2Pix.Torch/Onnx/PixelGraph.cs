using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Onnx;

/// <summary>
/// The ends of the graph: from images of bytes, (N, H, W, ABGR), to the channels that a network sees, (N, C, H, W) in [-1, 1], and back. It
/// computes what <see cref="ChannelConversion"/> does.
/// </summary>
internal sealed class PixelGraph
{
    private const float HalfRange = 127.5f;

    private readonly OnnxGraph _graph;
    private readonly string _image; // (N, H, W, ABGR), bytes
    private LabGraph? _lab;

    public PixelGraph(OnnxGraph graph, string image)
    {
        _graph = graph;
        _image = image;
    }

    /// <summary>The image in the colours of CIE; made when first asked for.</summary>
    private LabGraph Lab => _lab ??= new LabGraph(_graph, Pick(_image, 3, 2, 1));

    /// <summary>The input of a network.</summary>
    public string Input(ImageChannels channels)
    {
        var levels = channels switch
        {
            ImageChannels.Gray => Luma(),
            ImageChannels.Rgba => _graph.Cast(Pick(_image, 3, 2, 1, 0), OnnxType.Float),
            ImageChannels.Lightness => _graph.Cast(Lab.Lightness(), OnnxType.Float),
            ImageChannels.Chroma => _graph.Cast(Lab.Chroma(), OnnxType.Float),
            _ => _graph.Cast(Pick(_image, 3, 2, 1), OnnxType.Float),
        };
        var planes = _graph.Node("Transpose", [levels], OnnxAttribute.Ints("perm", 0, 3, 1, 2)); // (N, C, H, W)
        return _graph.Node("Sub", [_graph.Node("Div", [planes, _graph.Constant([HalfRange])]), _graph.Constant([1f])]);
    }

    /// <summary>Makes the output of a network an image again, and chroma an output of its own besides.</summary>
    public void Output(string network, ImageChannels channels)
    {
        var scaled = _graph.Node("Mul", [_graph.Node("Add", [network, _graph.Constant([1f])]), _graph.Constant([HalfRange])]);
        var planes = _graph.Node("Clip", [_graph.Node("Round", [scaled]), _graph.Constant([0f]), _graph.Constant([255f])]);
        var levels = _graph.Node("Transpose", [planes], OnnxAttribute.Ints("perm", 0, 2, 3, 1)); // (N, H, W, C)
        var abgr = channels switch
        {
            ImageChannels.Gray => Opaque(Pick(levels, 0, 0, 0)),
            ImageChannels.Rgba => Pick(levels, 3, 2, 1, 0),
            ImageChannels.Lightness => Opaque(Pick(Grays(levels), 0, 0, 0)),
            ImageChannels.Chroma => Opaque(Pick(Lab.ToRgb(levels), 2, 1, 0)),
            _ => Opaque(Pick(levels, 2, 1, 0)),
        };
        _graph.NodeAs(OnnxNames.Output, "Cast", [abgr], OnnxAttribute.Int("to", OnnxType.UInt8));
        if (channels == ImageChannels.Chroma)
            _graph.NodeAs(OnnxNames.Chroma, "Cast", [levels], OnnxAttribute.Int("to", OnnxType.UInt8));
    }

    // Exact: all sums are integers below 2^24, and the division is by a power of two.
    private string Luma()
    {
        var rgb = _graph.Cast(Pick(_image, 3, 2, 1), OnnxType.Float);
        var weighted = _graph.Node("Mul", [rgb, _graph.Constant([19595f, 38470f, 7471f], 3)]);
        var sum = _graph.Node("Add", [_graph.SumOfChannels(weighted), _graph.Constant([32768f])]);
        return _graph.Node("Floor", [_graph.Node("Mul", [sum, _graph.Constant([1f / 65536])])]);
    }

    private string Grays(string lightness)
    {
        float[] grays = [.. LabBytes.Grays.Select(gray => (float)gray)];
        return _graph.Node("Gather", [_graph.Constant(grays, grays.Length), _graph.Cast(lightness, OnnxType.Int32)]);
    }

    private string Pick(string pixels, params ReadOnlySpan<long> channels)
        => _graph.Node("Gather", [pixels, _graph.Constant(channels)], OnnxAttribute.Int("axis", 3));

    // The alpha is added while the values are floats: padding of bytes is not on CUDA.
    private string Opaque(string bgr)
        => _graph.Node("Pad", [bgr, _graph.Constant(0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L), _graph.Constant([255f])]);
}
