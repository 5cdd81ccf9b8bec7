using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Onnx;

/// <summary>
/// Takes a model apart and puts it together with other norms: each normalizes by the image's own moments, by given ones, or by a weighted
/// mean of both, and gives the image's own.
/// </summary>
internal sealed class SharedNorms
{
    private readonly OnnxModel _model;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxConstant> _constants;
    private readonly List<string> _moments = []; // mean, variance, mean, variance ...: (N, C, 1, 1) each

    public SharedNorms(OnnxModel model, OnnxGraph graph)
    {
        _model = model;
        _graph = graph;
        _constants = model.Constants.ToDictionary(constant => constant.Name);
    }

    /// <summary>The numbers in the statistics of an image.</summary>
    public int Statistics { get; private set; }

    public static bool IsNorm(OnnxNode node) => node.Type == OnnxOps.Norm;

    /// <exception cref="InvalidDataException">The model has no norms of an image's own moments.</exception>
    public void Rewrite()
    {
        var ofNorms = _model.Nodes.Where(IsNorm).SelectMany(node => node.Inputs.Skip(1)).ToHashSet();
        foreach (var constant in _model.Constants.Where(constant => !ofNorms.Contains(constant.Name)))
            _graph.Add(constant);
        foreach (var node in _model.Nodes)
        {
            if (IsNorm(node))
                Norm(node);
            else
                _graph.Add(node);
        }

        if (_moments.Count == 0)
            throw new InvalidDataException("The ONNX model does not normalize by image; there are no statistics to share.");
        _graph.NodeAs(AnySizeModel.Statistics, "Concat", [.. _moments], OnnxAttribute.Int("axis", 1));
    }

    private void Norm(OnnxNode node)
    {
        var (scale, shift) = (PerChannel(node.Inputs[1]), PerChannel(node.Inputs[2]));
        var channels = (int)_constants[node.Inputs[1]].Dimensions[0];
        var mean = Mean(node.Inputs[0]);
        var distance = _graph.Node("Sub", [node.Inputs[0], mean]);
        var variance = Mean(_graph.Node("Mul", [distance, distance]));

        var centred = _graph.Node("Sub", [distance, Move(mean, channels)]);
        var moved = _graph.Node("Add", [variance, Move(variance, channels)]);
        var deviation = _graph.Node("Sqrt", [_graph.Node("Add", [moved, _graph.Constant([(float)NormLayer.Epsilon])])]);
        var factor = _graph.Node("Div", [scale, deviation]);
        _graph.NodeAs(node.Outputs[0], "Add", [_graph.Node("Mul", [centred, factor]), shift]);
    }

    private string Mean(string x)
        => _graph.Node("ReduceMean", [x], OnnxAttribute.Ints("axes", 2, 3), OnnxAttribute.Int("keepdims", 1));

    /// <summary>How far the given moments move one of the image's: their share of the difference.</summary>
    private string Move(string moment, int channels)
    {
        _moments.Add(moment);
        long from = Statistics;
        Statistics += channels;
        var given = _graph.Node(
            "Slice", [AnySizeModel.GivenStatistics, _graph.Constant(from), _graph.Constant((long)Statistics), _graph.Constant(1L)]);
        return _graph.Node("Mul", [_graph.Node("Sub", [given, moment]), AnySizeModel.GivenShare]);
    }

    // (C) as (C, 1, 1), which is stretched over (N, C, H, W).
    private string PerChannel(string name)
    {
        var constant = _constants.GetValueOrDefault(name)
            ?? throw new InvalidDataException($"The ONNX model normalizes by '{name}', which is no constant; expected a model of this library.");
        var wide = constant with { Name = $"{name}_wide", Dimensions = [.. constant.Dimensions, 1, 1] };
        _graph.Add(wide);
        return wide.Name;
    }
}
