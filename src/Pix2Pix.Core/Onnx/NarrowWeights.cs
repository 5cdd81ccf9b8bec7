using System.Runtime.InteropServices;

namespace Pix2Pix.Onnx;

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
