namespace Pix2Pix.Onnx;

/// <summary>Adds operators in the form that the graph's opset defines, from opset 9 on.</summary>
internal static class OnnxGraphOps
{
    /// <summary>The channel axis of (N, C, H, W).</summary>
    public const int ChannelAxis = 1;

    private const int InputsForClipAndPad = 11;
    private const int InputsForSlice = 10;
    private const int AxesAsInputOfSum = 13;
    private const int AxesAsInputOfMean = 18;
    private const int HasRound = 11;

    /// <summary>Adds a node that converts values to the given <see cref="OnnxType"/>.</summary>
    public static string Cast(this OnnxGraph graph, string values, int type)
        => graph.Node("Cast", [values], OnnxAttribute.Int("to", type));

    /// <summary>Adds a node that selects channels of (N, C, H, W), in the given order.</summary>
    public static string Pick(this OnnxGraph graph, string values, params ReadOnlySpan<long> channels)
        => graph.Node("Gather", [values, graph.Constant(channels)], OnnxAttribute.Int("axis", ChannelAxis));

    /// <summary>Adds a node that sums the channels of (N, C, H, W) into one.</summary>
    public static string SumOfChannels(this OnnxGraph graph, string values)
        => graph.Opset >= AxesAsInputOfSum
            ? graph.Node("ReduceSum", [values, graph.Constant((long)ChannelAxis)], OnnxAttribute.Int("keepdims", 1))
            : graph.Node("ReduceSum", [values], OnnxAttribute.Ints("axes", ChannelAxis), OnnxAttribute.Int("keepdims", 1));

    /// <summary>Adds a node that computes the mean of each feature map: (N, C, 1, 1).</summary>
    public static string MeanOfMaps(this OnnxGraph graph, string values)
        => graph.Opset >= AxesAsInputOfMean
            ? graph.Node("ReduceMean", [values, graph.Constant(2L, 3L)], OnnxAttribute.Int("keepdims", 1))
            : graph.Node("ReduceMean", [values], OnnxAttribute.Ints("axes", 2, 3), OnnxAttribute.Int("keepdims", 1));

    /// <summary>Adds a node that slices channels of (N, C, H, W): from the first index up to, but not including, the second.</summary>
    public static string Channels(this OnnxGraph graph, string values, long from, long to)
        => graph.Opset >= InputsForSlice
            ? graph.Node("Slice", [values, graph.Constant(from), graph.Constant(to), graph.Constant(1L)])
            : graph.Node(
                "Slice", [values], OnnxAttribute.Ints("starts", from), OnnxAttribute.Ints("ends", to), OnnxAttribute.Ints("axes", 1));

    /// <summary>
    /// Adds nodes that round floats to integer levels and clamp them to 0 to 255. Halves are rounded to even, or up if the opset has no
    /// Round operator.
    /// </summary>
    public static string Levels(this OnnxGraph graph, string values)
    {
        var rounded = graph.Opset >= HasRound
            ? graph.Node("Round", [values])
            : graph.Node("Floor", [graph.Node("Add", [values, graph.Constant([0.5f])])]);
        return graph.Opset >= InputsForClipAndPad
            ? graph.Node("Clip", [rounded, graph.Constant([0f]), graph.Constant([255f])])
            : graph.Node("Clip", [rounded], OnnxAttribute.Float("min", 0), OnnxAttribute.Float("max", 255));
    }

    /// <summary>
    /// Adds a node that prepends an opaque alpha channel to (N, C, H, W) floats. Padding of bytes is not available on CUDA.
    /// </summary>
    public static string Opaque(this OnnxGraph graph, string colors)
        => graph.Opset >= InputsForClipAndPad
            ? graph.Node("Pad", [colors, graph.Constant(0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L), graph.Constant([255f])])
            : graph.Node("Pad", [colors], OnnxAttribute.Ints("pads", 0, 1, 0, 0, 0, 0, 0, 0), OnnxAttribute.Float("value", 255));
}
