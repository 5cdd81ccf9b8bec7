using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Onnx;

/// <summary>
/// Takes a model apart and puts it together with other norms: each normalizes by the image's own moments, by given ones, or by a weighted
/// mean of both, and gives the image's own.
/// </summary>
internal sealed class SharedNorms
{
    private const int MaxChannels = 1 << 20;

    private readonly OnnxModel _model;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxConstant> _constants;
    private readonly int _channels;
    private readonly List<string> _means = []; // (N, C, 1, 1) each
    private readonly List<string> _variances = [];
    private int _before; // channels of the norms so far

    public SharedNorms(OnnxModel model, OnnxGraph graph)
    {
        _model = model;
        _graph = graph;
        _constants = model.Constants.Concat(model.Nodes.SelectMany(Made)).DistinctBy(constant => constant.Name)
            .ToDictionary(constant => constant.Name);
        _channels = model.Nodes.Where(IsNorm).Sum(Channels);
    }

    /// <summary>The numbers in the statistics of an image: all means, then all variances.</summary>
    public int Statistics => 2 * _channels;

    public static bool IsNorm(OnnxNode node) => node is { Type: OnnxOps.Norm, Inputs: [_, _, _], Outputs: [_] };

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

        if (_channels == 0)
            throw new InvalidDataException("The ONNX model does not normalize by image; there are no statistics to share.");
        _graph.NodeAs(AnySizeModel.Statistics, "Concat", [.. _means, .. _variances], OnnxAttribute.Int("axis", 1));
    }

    private void Norm(OnnxNode node)
    {
        var (scale, shift) = (PerChannel(node.Inputs[1]), PerChannel(node.Inputs[2]));
        var mean = _graph.MeanOfMaps(node.Inputs[0]);
        var distance = _graph.Node("Sub", [node.Inputs[0], mean]);
        var variance = _graph.MeanOfMaps(_graph.Node("Mul", [distance, distance]));

        var (from, to) = (_before, _before + Channels(node));
        _before = to;
        _means.Add(mean);
        _variances.Add(variance);
        var centred = _graph.Node("Sub", [distance, Move(mean, from, to)]);
        var moved = _graph.Node("Add", [variance, Move(variance, _channels + from, _channels + to)]);
        var deviation = _graph.Node("Sqrt", [_graph.Node("Add", [moved, _graph.Constant([(float)NormLayer.Epsilon])])]);
        var factor = _graph.Node("Div", [scale, deviation]);
        _graph.NodeAs(node.Outputs[0], "Add", [_graph.Node("Mul", [centred, factor]), shift]);
    }

    /// <summary>How far the given moments move one of the image's: their share of the difference.</summary>
    private string Move(string moment, long from, long to)
    {
        var given = _graph.Channels(AnySizeModel.GivenStatistics, from, to);
        return _graph.Node("Mul", [_graph.Node("Sub", [given, moment]), AnySizeModel.GivenShare]);
    }

    private int Channels(OnnxNode norm) => Constant(norm.Inputs[1]).Dimensions is [> 0 and <= MaxChannels and var channels]
        ? (int)channels
        : throw new InvalidDataException($"The ONNX model normalizes by '{norm.Inputs[1]}', which is no list of numbers.");

    private OnnxConstant Constant(string name) => _constants.GetValueOrDefault(name)
        ?? throw new InvalidDataException(
            $"The ONNX model normalizes each image by its own statistics, and scales by '{name}', which is no constant: tiles cannot share " +
            "statistics. Choose another way of sizing.");

    // PyTorch writes constants as nodes, too.
    private static IEnumerable<OnnxConstant> Made(OnnxNode node)
        => node.Type == "Constant" && node.Outputs is [var name] && node.Tensor is { } tensor ? [new OnnxConstant(tensor).As(name)] : [];

    // (C) as (C, 1, 1), which is stretched over (N, C, H, W).
    private string PerChannel(string name)
    {
        var constant = Constant(name);
        var wide = constant.As($"{name}_wide", [.. constant.Dimensions, 1, 1]);
        _graph.Add(wide);
        return wide.Name;
    }
}
