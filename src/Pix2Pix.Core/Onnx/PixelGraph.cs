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
    public string Input(string name, PixelEncoding encoding)
    {
        var levels = encoding.Channels switch
        {
            ImageChannels.Gray => Luma(),
            ImageChannels.Lightness => _graph.Cast(Lab.Lightness(), OnnxType.Float),
            ImageChannels.Chroma => _graph.Cast(Lab.Chroma(), OnnxType.Float),
            _ => _graph.Cast(_graph.Pick(_planes, encoding.FromAbgr), OnnxType.Float),
        };
        var scaled = encoding.Range.LevelsPerUnit == 1 ? levels : _graph.Node("Div", [levels, Number(encoding.Range.LevelsPerUnit)]);
        var values = encoding.Range.Black == 0 ? scaled : _graph.Node("Add", [scaled, Number(encoding.Range.Black)]);
        var laidOut = encoding.Layout == ImageLayout.ChannelsLast ? ChannelsLast(values) : values;
        return _graph.NodeAs(name, "Cast", [laidOut], OnnxAttribute.Int("to", encoding.Type));
    }

    /// <summary>Converts the output of a network to an image, and adds chroma as a separate output if the network produces it.</summary>
    public void Output(string network, PixelEncoding encoding)
    {
        var planes = encoding.Layout == ImageLayout.ChannelsLast ? ChannelsFirst(network) : network;
        var values = encoding.Type == OnnxType.Float ? planes : _graph.Cast(planes, OnnxType.Float);
        var moved = encoding.Range.Black == 0 ? values : _graph.Node("Add", [values, Number(-encoding.Range.Black)]);
        var scaled = encoding.Range.LevelsPerUnit == 1 ? moved : _graph.Node("Mul", [moved, Number(encoding.Range.LevelsPerUnit)]);
        var levels = _graph.Levels(scaled);
        var abgr = encoding.Channels switch
        {
            ImageChannels.Gray => _graph.Opaque(_graph.Pick(levels, 0, 0, 0)),
            ImageChannels.Rgba => _graph.Pick(levels, encoding.ToBgr),
            ImageChannels.Lightness => _graph.Opaque(_graph.Pick(Grays(levels), 0, 0, 0)),
            ImageChannels.Chroma => _graph.Opaque(_graph.Pick(Lab.ToRgb(levels), 2, 1, 0)),
            _ => _graph.Opaque(_graph.Pick(levels, encoding.ToBgr)),
        };
        Bytes(OnnxNames.Output, abgr);
        if (encoding.Channels == ImageChannels.Chroma)
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

/// <summary>Describes how a network represents the images at its input or output.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Range">The values that represent levels 0 and 255.</param>
/// <param name="Layout">The order of the dimensions.</param>
/// <param name="Order">The order of the color channels.</param>
/// <param name="Type">The <see cref="OnnxType"/> of the values.</param>
internal sealed record PixelEncoding(
    ImageChannels Channels,
    ValueRange Range,
    ImageLayout Layout = ImageLayout.ChannelsFirst,
    ColorOrder Order = ColorOrder.Rgb,
    int Type = OnnxType.Float)
{
    /// <summary>Returns the representation that this library's networks use.</summary>
    public static PixelEncoding Of(ImageChannels channels) => new(channels, ValueRange.SignedUnit);

    /// <summary>The indices that select this order from alpha, blue, green, red; for color images only.</summary>
    public long[] FromAbgr => (Channels, Order) switch
    {
        (ImageChannels.Rgba, ColorOrder.Rgb) => [3, 2, 1, 0],
        (ImageChannels.Rgba, _) => [1, 2, 3, 0],
        (_, ColorOrder.Rgb) => [3, 2, 1],
        _ => [1, 2, 3],
    };

    /// <summary>The indices that select blue, green, red from this order, preceded by alpha if there is an alpha channel.</summary>
    public long[] ToBgr => (Channels, Order) switch
    {
        (ImageChannels.Rgba, ColorOrder.Rgb) => [3, 2, 1, 0],
        (ImageChannels.Rgba, _) => [3, 0, 1, 2],
        (_, ColorOrder.Rgb) => [2, 1, 0],
        _ => [0, 1, 2],
    };
}

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
