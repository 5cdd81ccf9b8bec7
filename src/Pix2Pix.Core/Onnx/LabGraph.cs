using Pix2Pix.Imaging;

namespace Pix2Pix.Onnx;

/// <summary>
/// The computations of <see cref="LabColor"/> and <see cref="LabBytes"/> as ONNX nodes on (N, C, H, W). The conversion to the network's
/// input bytes uses double precision, so that the bytes are the same as in training. The conversion back uses single precision and may
/// round to the adjacent level.
/// </summary>
internal sealed class LabGraph
{
    private readonly OnnxGraph _graph;
    private readonly string _xyz; // (N, 3, H, W), double: X, Y, Z relative to the white point, compressed

    /// <param name="graph">The graph to add nodes to.</param>
    /// <param name="rgb">(N, RGB, H, W), bytes.</param>
    public LabGraph(OnnxGraph graph, string rgb)
    {
        _graph = graph;
        var light = graph.Node("Gather", [graph.Doubles(SRgb.Lights, 256), graph.Cast(rgb, OnnxType.Int32)]);
        double[][] toShares = [.. LabColor.ToXyz.Select((row, i) => (double[])[.. row.Select(value => value / LabColor.White[i])])];
        var shares = Product(light, toShares, Doubles);
        var root = graph.Node("Pow", [shares, graph.Doubles([1.0 / 3])]);
        var line = graph.Node("Div", [Plus(Times(shares, LabColor.Kappa), 16), graph.Doubles([116])]);
        _xyz = graph.Node("Where", [graph.Node("Greater", [shares, graph.Doubles([LabColor.Epsilon])]), root, line]);
    }

    /// <summary>(N, 1, H, W), double: integer levels.</summary>
    public string Lightness()
    {
        var lightness = Plus(Times(Pick(1), 116), -16);
        return Levels(Times(lightness, LabBytes.LightnessScale));
    }

    /// <summary>(N, 2, H, W), double: integer levels.</summary>
    public string Chroma()
    {
        var differences = _graph.Node("Sub", [Pick(0, 1), Pick(1, 2)]); // x - y, y - z
        var ab = _graph.Node("Mul", [differences, Doubles([500, 200], 2, 1, 1)]);
        return Levels(Plus(ab, LabBytes.Neutral));
    }

    /// <summary>(N, RGB, H, W), float: integer levels of the image's own lightness combined with the given chroma.</summary>
    /// <param name="chroma">(N, 2, H, W), float: levels of a and b.</param>
    public string ToRgb(string chroma)
    {
        var y = _graph.Cast(Pick(1), OnnxType.Float);
        var ab = _graph.Node("Sub", [chroma, Floats([LabBytes.Neutral])]);
        var xz = _graph.Node("Add", [y, _graph.Node("Mul", [ab, Floats([1.0 / 500, -1.0 / 200], 2, 1, 1)])]);
        var xzy = _graph.Node("Concat", [xz, y], OnnxAttribute.Int("axis", OnnxGraphOps.ChannelAxis));

        var cube = _graph.Node("Mul", [_graph.Node("Mul", [xzy, xzy]), xzy]);
        var scaled = _graph.Node("Sub", [_graph.Node("Mul", [xzy, Floats([116])]), Floats([16])]);
        var line = _graph.Node("Div", [scaled, Floats([LabColor.Kappa])]);
        var shares = _graph.Node("Where", [_graph.Node("Greater", [cube, Floats([LabColor.Epsilon])]), cube, line]);

        double[][] fromShares = [.. LabColor.FromXyz.Select(row => (double[])
            [row[0] * LabColor.White[0], row[2] * LabColor.White[2], row[1] * LabColor.White[1]])];
        var light = _graph.Node("Clip", [Product(shares, fromShares, Floats), Floats([0]), Floats([1])]);
        return Encoded(light);
    }

    // IEC 61966-2-1: linear light to levels.
    private string Encoded(string light)
    {
        var power = _graph.Node("Pow", [light, Floats([1 / 2.4])]);
        var curve = _graph.Node("Sub", [_graph.Node("Mul", [power, Floats([1.055])]), Floats([0.055])]);
        var line = _graph.Node("Mul", [light, Floats([12.92])]);
        var value = _graph.Node("Where", [_graph.Node("Greater", [light, Floats([0.0031308])]), curve, line]);
        return _graph.Node("Round", [_graph.Node("Mul", [value, Floats([255])])]);
    }

    // Not a MatMul: on CUDA it could run in TF32, with a 10-bit mantissa.
    private string Product(string vectors, double[][] rows, Func<double[], long[], string> constant)
        => _graph.Node(
            "Concat",
            [.. rows.Select(row => _graph.SumOfChannels(_graph.Node("Mul", [vectors, constant(row, [row.Length, 1, 1])])))],
            OnnxAttribute.Int("axis", OnnxGraphOps.ChannelAxis));

    private string Levels(string values)
        => _graph.Node("Clip", [_graph.Node("Round", [values]), _graph.Doubles([0]), _graph.Doubles([255])]);

    private string Pick(params ReadOnlySpan<long> channels) => _graph.Pick(_xyz, channels);

    private string Times(string x, double number) => _graph.Node("Mul", [x, _graph.Doubles([number])]);

    private string Plus(string x, double number) => _graph.Node("Add", [x, _graph.Doubles([number])]);

    private string Doubles(double[] values, params long[] dimensions) => _graph.Doubles(values, dimensions);

    private string Floats(double[] values, params long[] dimensions)
        => _graph.Constant([.. values.Select(value => (float)value)], dimensions);
}
