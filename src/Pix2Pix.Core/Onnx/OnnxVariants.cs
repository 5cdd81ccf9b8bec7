using System.Runtime.InteropServices;

namespace Pix2Pix.Onnx;

/// <summary>Writes variants of an exported generator for other runtimes. Only the ONNX file is needed, not libtorch.</summary>
internal static class OnnxVariants
{
    /// <summary>The input of <see cref="OnnxInterface.Network"/>.</summary>
    public const string Input = "input";

    /// <summary>The output of <see cref="OnnxInterface.Network"/>.</summary>
    public const string Output = "output";

    /// <summary>Writes a model in another format. The metadata is retained.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c>.</param>
    /// <param name="format">The format to write.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a valid ONNX model, or the network alone is requested and the model was trained with other tools.
    /// </exception>
    public static void Write(ReadOnlyMemory<byte> model, OnnxFormat format, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var message = format.Interface == OnnxInterface.Network ? NetworkModel.Of(file) : Whole(file);
        if (format.Weights != WeightPrecision.Single)
            message = NarrowWeights.Of(OnnxModel.Read(message), format.Weights);
        message.WriteTo(stream);
    }

    private static ProtoMessage Whole(OnnxModel file)
    {
        var graph = new OnnxGraph(file);
        graph.Add(file);
        return graph.ToModel(file.Inputs, file.Outputs, file.Metadata);
    }
}

/// <summary>Extracts the network from a model, without the conversions from and to images.</summary>
internal static class NetworkModel
{
    /// <exception cref="InvalidDataException">The model was not trained with this library.</exception>
    public static ProtoMessage Of(OnnxModel file)
    {
        var nodes = Between(file);
        var used = nodes.SelectMany(node => node.Inputs).ToHashSet();
        var graph = new OnnxGraph(file);
        foreach (var constant in file.Constants.Where(constant => used.Contains(constant.Name)))
            graph.Add(constant);
        foreach (var node in nodes)
            graph.Add(Renamed(node));

        var shape = ModelShape.Of(file.Metadata);
        (int, int)? size = DynamicShapeModel.HasMasks(nodes) ? (shape.Height, shape.Width) : null;
        return graph.ToModel(
            [OnnxValue.Maps(OnnxVariants.Input, shape.Input.Count(), size)],
            [OnnxValue.Maps(OnnxVariants.Output, shape.Output.Count(), size)],
            file.Metadata);
    }

    // The nodes are in topological order. In reverse, consumers come before producers.
    private static List<OnnxNode> Between(OnnxModel file)
    {
        HashSet<string> needed = [NetworkNodes.Output];
        List<OnnxNode> nodes = [];
        foreach (var node in file.Nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains) || node.Outputs.Contains(NetworkNodes.Input))
                continue;
            needed.UnionWith(node.Inputs);
            nodes.Insert(0, node);
        }

        return nodes.Count > 0 && needed.Contains(NetworkNodes.Input)
            ? nodes
            : throw new InvalidDataException(
                "The model was trained elsewhere or written by an earlier version, so its network cannot be separated from its pre- and " +
                $"postprocessing. Only {nameof(OnnxInterface)}.{nameof(OnnxInterface.Pixels)} can be written.");
    }

    private static OnnxNode Renamed(OnnxNode node) => node with
    {
        Inputs = [.. node.Inputs.Select(Renamed)],
        Outputs = [.. node.Outputs.Select(Renamed)],
    };

    private static string Renamed(string value) => value switch
    {
        NetworkNodes.Input => OnnxVariants.Input,
        NetworkNodes.Output => OnnxVariants.Output,
        _ => value,
    };
}

/// <summary>Stores a model's weights with fewer bits. The runtime widens them when it loads the model.</summary>
internal sealed class NarrowWeights
{
    private const float Steps = sbyte.MaxValue; // quantization steps from 0 to the largest weight, in either direction

    private readonly OnnxModel _file;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, int> _outputAxes; // for the weights of convolutions

    private NarrowWeights(OnnxModel file)
    {
        _file = file;
        _graph = new OnnxGraph(file);
        _outputAxes = file.Nodes
            .Where(node => node.Type is "Conv" or "ConvTranspose" && node.Inputs.Count > 1)
            .DistinctBy(node => node.Inputs[1])
            .ToDictionary(node => node.Inputs[1], node => node.Type == "Conv" ? 0 : 1);
    }

    /// <summary>Returns the model with weights of the given precision, which must not be <see cref="WeightPrecision.Single"/>.</summary>
    public static ProtoMessage Of(OnnxModel file, WeightPrecision precision) => new NarrowWeights(file).Write(precision);

    private ProtoMessage Write(WeightPrecision precision)
    {
        foreach (var constant in _file.Constants)
        {
            var isWeight = constant.Type == OnnxType.Float && _outputAxes.ContainsKey(constant.Name); // norms and biases have few values
            if (!isWeight || !(precision == WeightPrecision.Half ? AddHalves(constant) : AddBytes(constant)))
                _graph.Add(constant);
        }

        foreach (var node in _file.Nodes)
            _graph.Add(node);
        var names = _file.Constants.Select(constant => constant.Name).ToHashSet(); // older files also list constants among the inputs
        return _graph.ToModel(_file.Inputs.Where(input => !names.Contains(input.Name)), _file.Outputs, _file.Metadata);
    }

    /// <summary>Adds the constant with 16 bits. Returns false if a value is out of range.</summary>
    private bool AddHalves(OnnxConstant constant)
    {
        var singles = Values(constant);
        var halves = new Half[singles.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)singles[i];
        if (halves.AsSpan().ContainsAnyExceptInRange(Half.MinValue, Half.MaxValue))
            return false;
        var narrowed = constant.With($"{constant.Name}_half", OnnxType.Half, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
        _graph.Add(narrowed);
        _graph.NodeAs(constant.Name, "Cast", [narrowed.Name], OnnxAttribute.Int("to", OnnxType.Float));
        return true;
    }

    /// <summary>Adds the constant with 8 bits and one scale for each output channel. Returns false if a value is not finite.</summary>
    private bool AddBytes(OnnxConstant constant)
    {
        var singles = Values(constant);
        if (singles.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            return false;
        var axis = _outputAxes[constant.Name];
        var channels = (int)constant.Dimensions[axis];
        var run = (int)constant.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size); // values in a row per channel

        var scales = new float[channels];
        for (var i = 0; i < singles.Length; i++)
            scales[i / run % channels] = Math.Max(scales[i / run % channels], Math.Abs(singles[i]) / Steps);
        var bytes = new sbyte[singles.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = scales[i / run % channels] is > 0 and var scale ? (sbyte)MathF.Round(singles[i] / scale) : (sbyte)0;

        var narrowed = constant.With($"{constant.Name}_int8", OnnxType.Int8, MemoryMarshal.AsBytes(bytes.AsSpan()).ToArray());
        _graph.Add(narrowed);
        var widened = _graph.Node("Cast", [narrowed.Name], OnnxAttribute.Int("to", OnnxType.Float));
        var perChannel = _graph.Constant(scales, axis == 0 ? [channels, 1, 1, 1] : [1, channels, 1, 1]);
        _graph.NodeAs(constant.Name, "Mul", [widened, perChannel]);
        return true;
    }

    private static ReadOnlySpan<float> Values(OnnxConstant constant) => MemoryMarshal.Cast<byte, float>(constant.FloatBytes.Span);
}
