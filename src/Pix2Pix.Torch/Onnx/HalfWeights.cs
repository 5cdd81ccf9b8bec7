using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Onnx;

/// <summary>A model with its weights in 16 bits, which a runtime widens when it loads them.</summary>
internal static class HalfWeights
{
    private const int WeightDimensions = 4; // (out, in, height, width); norms and biases are few

    public static ProtoMessage Of(OnnxModel file)
    {
        var graph = new OnnxGraph(file);
        foreach (var constant in file.Constants)
        {
            if (constant.Type == OnnxType.Float && constant.Dimensions.Count == WeightDimensions && Narrowed(constant) is { } halves)
            {
                graph.Add(halves);
                graph.NodeAs(constant.Name, "Cast", [halves.Name], OnnxAttribute.Int("to", OnnxType.Float));
            }
            else
            {
                graph.Add(constant);
            }
        }

        foreach (var node in file.Nodes)
            graph.Add(node);
        return graph.ToModel(file.Inputs, file.Outputs, file.Metadata);
    }

    /// <summary>The constant in 16 bits; null where a value is beyond their range.</summary>
    private static OnnxConstant? Narrowed(OnnxConstant constant)
    {
        var singles = MemoryMarshal.Cast<byte, float>(constant.FloatBytes.Span);
        var halves = new Half[singles.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)singles[i];
        return halves.AsSpan().ContainsAnyExceptInRange(Half.MinValue, Half.MaxValue)
            ? null
            : constant.With($"{constant.Name}_half", OnnxType.Half, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
    }
}
