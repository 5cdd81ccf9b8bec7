using Pix2Pix.Imaging;

namespace Pix2Pix.Onnx;

/// <summary>
/// Adds the conversions from image bytes, (N, H, W, ABGR), to the network's input values and back. They compute the same as
/// <see cref="ChannelConversion"/>, on planes (N, C, H, W): selecting planes copies contiguous memory, while selecting the colors of each
/// pixel takes a quarter of a small network's time.
/// </summary>
internal sealed class PixelGraph
{
    private readonly OnnxGraph _graph;
    private readonly string _planes; // (N, ABGR, H, W), bytes
    private LabGraph? _lab;

    public PixelGraph(OnnxGraph graph, string image)
    {
        _graph = graph;
        _planes = ChannelsFirst(image);
    }

    /// <summary>The image in CIE L*a*b*, created on first use.</summary>
    private LabGraph Lab => _lab ??= new LabGraph(_graph, _graph.Pick(_planes, 3, 2, 1));

    /// <summary>Adds the input of a network under the given name.</summary>
    public string Input(string name, PixelEnd end)
    {
        var levels = end.Channels switch
        {
            ImageChannels.Gray => Luma(),
            ImageChannels.Lightness => _graph.Cast(Lab.Lightness(), OnnxType.Float),
            ImageChannels.Chroma => _graph.Cast(Lab.Chroma(), OnnxType.Float),
            _ => _graph.Cast(_graph.Pick(_planes, end.FromAbgr), OnnxType.Float),
        };
        var scaled = end.Range.LevelsPerUnit == 1 ? levels : _graph.Node("Div", [levels, Number(end.Range.LevelsPerUnit)]);
        var values = end.Range.Black == 0 ? scaled : _graph.Node("Add", [scaled, Number(end.Range.Black)]);
        var laidOut = end.Layout == ImageLayout.ChannelsLast ? ChannelsLast(values) : values;
        return _graph.NodeAs(name, "Cast", [laidOut], OnnxAttribute.Int("to", end.Type));
    }

    /// <summary>Converts the output of a network to an image, and adds chroma as a separate output if the network produces it.</summary>
    public void Output(string network, PixelEnd end)
    {
        var planes = end.Layout == ImageLayout.ChannelsLast ? ChannelsFirst(network) : network;
        var values = end.Type == OnnxType.Float ? planes : _graph.Cast(planes, OnnxType.Float);
        var moved = end.Range.Black == 0 ? values : _graph.Node("Add", [values, Number(-end.Range.Black)]);
        var scaled = end.Range.LevelsPerUnit == 1 ? moved : _graph.Node("Mul", [moved, Number(end.Range.LevelsPerUnit)]);
        var levels = _graph.Levels(scaled);
        var abgr = end.Channels switch
        {
            ImageChannels.Gray => _graph.Opaque(_graph.Pick(levels, 0, 0, 0)),
            ImageChannels.Rgba => _graph.Pick(levels, end.ToBgr),
            ImageChannels.Lightness => _graph.Opaque(_graph.Pick(Grays(levels), 0, 0, 0)),
            ImageChannels.Chroma => _graph.Opaque(_graph.Pick(Lab.ToRgb(levels), 2, 1, 0)),
            _ => _graph.Opaque(_graph.Pick(levels, end.ToBgr)),
        };
        Bytes(OnnxNames.Output, abgr);
        if (end.Channels == ImageChannels.Chroma)
            Bytes(OnnxNames.Chroma, levels);
    }

    // Exact: all sums are integers below 2^24, and the divisor is a power of two.
    private string Luma()
    {
        var rgb = _graph.Cast(_graph.Pick(_planes, 3, 2, 1), OnnxType.Float);
        var weighted = _graph.Node("Mul", [rgb, _graph.Constant([19595f, 38470f, 7471f], 3, 1, 1)]);
        var sum = _graph.Node("Add", [_graph.SumOfChannels(weighted), _graph.Constant([32768f])]);
        return _graph.Node("Floor", [_graph.Node("Mul", [sum, _graph.Constant([1f / 65536])])]);
    }

    private string Grays(string lightness)
    {
        float[] grays = [.. LabBytes.Grays.Select(gray => (float)gray)];
        return _graph.Node("Gather", [_graph.Constant(grays, grays.Length), _graph.Cast(lightness, OnnxType.Int32)]);
    }

    private string Number(double value) => _graph.Constant([(float)value]);

    // Transposing bytes instead of floats moves a quarter of the memory.
    private void Bytes(string output, string levels)
        => _graph.NodeAs(output, "Transpose", [_graph.Cast(levels, OnnxType.UInt8)], OnnxAttribute.Ints("perm", 0, 2, 3, 1));

    private string ChannelsFirst(string values) => Transposed(values, 0, 3, 1, 2);

    private string ChannelsLast(string values) => Transposed(values, 0, 2, 3, 1);

    private string Transposed(string values, params long[] order) => _graph.Node("Transpose", [values], OnnxAttribute.Ints("perm", order));
}
