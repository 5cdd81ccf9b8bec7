namespace Pix2Pix.Onnx;

/// <summary>
/// Writes variants of an exported generator that accept images of any size. Only the ONNX file is needed, not libtorch. The variants have
/// the same inputs and outputs as the file, but with shape (N, H, W, 4), for all sides that are divisible by the network's downsampling
/// factor.
/// </summary>
internal static class DynamicShapeModel
{
    /// <summary>
    /// An additional output of <see cref="WriteShared"/>: float (N, C, 1, 1), the means of all normalized channels, followed by their
    /// variances.
    /// </summary>
    public const string Statistics = "pix2pix_statistics";

    /// <summary>
    /// An additional input of <see cref="WriteShared"/>: the statistics to normalize by, in the same order, with shape (1, C, 1, 1).
    /// </summary>
    public const string GivenStatistics = "pix2pix_given_statistics";

    /// <summary>
    /// An additional input of <see cref="WriteShared"/>: float (1), from 0 to 1, the weight of the given statistics. The image's own
    /// statistics have the remaining weight. With 0 the model produces the same output as the original file.
    /// </summary>
    public const string GivenShare = "pix2pix_given_share";

    /// <summary>Returns whether the model normalizes each image by its own statistics.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c>.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static bool NormalizesByImage(ReadOnlyMemory<byte> model) => TileNormalization.Find(OnnxModel.Read(model).Nodes).Any();

    /// <summary>Returns the reason why the model accepts only images of its own size, or null if it accepts other sizes.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c> or <see cref="ImageModel"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static string? Obstacle(ReadOnlyMemory<byte> model)
    {
        var file = OnnxModel.Read(model);
        if (HasMasks(file.Nodes))
            return "the model uses dropout masks of a fixed size";
        var shape = ModelShape.Of(file.Metadata);
        return shape.IsFixed ? $"the model was exported for images of {shape.Width}x{shape.Height} only" : null;
    }

    /// <summary>Writes a variant of the model that accepts images of any size.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c>.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static void Write(ReadOnlyMemory<byte> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var graph = new OnnxGraph(file);
        graph.Add(file);
        Write(file, graph, [], [], stream);
    }

    /// <summary>
    /// Writes a variant of the model that accepts images of any size and lets tiles of one image share statistics. It has the additional
    /// inputs <see cref="GivenStatistics"/> and <see cref="GivenShare"/>, and the additional output <see cref="Statistics"/>.
    /// </summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c> that normalizes by image.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <returns>The size C of the statistics.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static int WriteShared(ReadOnlyMemory<byte> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var graph = new OnnxGraph(file);
        var norms = new TileNormalization(file, graph);
        norms.Rewrite();
        long channels = norms.Statistics;
        Write(
            file,
            graph,
            [new OnnxValue(GivenStatistics, OnnxType.Float, 1L, channels, 1L, 1L), new OnnxValue(GivenShare, OnnxType.Float, 1L)],
            [new OnnxValue(Statistics, OnnxType.Float, "N", channels, 1L, 1L)],
            stream);
        return norms.Statistics;
    }

    internal static bool HasMasks(IEnumerable<OnnxNode> nodes) => nodes.SelectMany(node => node.Outputs).Any(NetworkNodes.IsMasked);

    private static void Write(OnnxModel file, OnnxGraph graph, OnnxValue[] inputs, OnnxValue[] outputs, Stream stream)
    {
        var shape = ModelShape.Of(file.Metadata);
        graph.ToModel(
            [shape.InputImages(anySize: true), .. inputs], [.. shape.OutputImages(anySize: true), .. outputs], file.Metadata).WriteTo(stream);
    }
}

/// <summary>
/// Rebuilds a model with other normalization layers. Each one normalizes by the image's own moments, by given moments, or by a weighted
/// mean of both, and outputs the image's own moments.
/// </summary>
internal sealed class TileNormalization
{
    private const int MaxChannels = 1 << 20;

    private readonly OnnxModel _model;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxConstant> _constants;
    private readonly HashSet<string> _norms; // by output name
    private readonly HashSet<string> _wide = [];
    private readonly int _channels;
    private readonly List<string> _means = []; // (N, C, 1, 1) each
    private readonly List<string> _variances = [];
    private int _before; // the number of channels of the preceding norms

    public TileNormalization(OnnxModel model, OnnxGraph graph)
    {
        _model = model;
        _graph = graph;
        _constants = model.Constants.Concat(model.Nodes.SelectMany(ConstantIn)).DistinctBy(constant => constant.Name)
            .ToDictionary(constant => constant.Name);
        _norms = [.. Find(model.Nodes).Select(node => node.Outputs[0])];
        _channels = model.Nodes.Where(IsShared).Sum(Channels);
    }

    /// <summary>The number of values in an image's statistics: all means, followed by all variances.</summary>
    public int Statistics => 2 * _channels;

    /// <summary>
    /// Returns the norms that use an image's own moments. Norms of reshaped feature maps, which PyTorch writes for groups of channels, are
    /// excluded.
    /// </summary>
    public static IEnumerable<OnnxNode> Find(IReadOnlyList<OnnxNode> nodes)
    {
        var reshaped = nodes.Where(node => node.Type == "Reshape").SelectMany(node => node.Outputs).ToHashSet();
        return nodes.Where(node => node is { Type: NetworkNodes.Norm, Inputs: [_, _, _], Outputs: [_] } && !reshaped.Contains(node.Inputs[0]));
    }

    /// <exception cref="InvalidDataException">The model has no norms that use an image's own moments.</exception>
    public void Rewrite()
    {
        var ofNorms = _model.Nodes.Where(IsShared).SelectMany(node => node.Inputs.Skip(1))
            .Except(_model.Nodes.Where(node => !IsShared(node)).SelectMany(node => node.Inputs)).ToHashSet();
        foreach (var constant in _model.Constants.Where(constant => !ofNorms.Contains(constant.Name)))
            _graph.Add(constant);
        foreach (var node in _model.Nodes)
        {
            if (IsShared(node))
                Norm(node);
            else
                _graph.Add(node);
        }

        if (_channels == 0)
            throw new InvalidDataException("The ONNX model has no per-image normalization, so there are no statistics to share.");
        _graph.NodeAs(DynamicShapeModel.Statistics, "Concat", [.. _means, .. _variances], OnnxAttribute.Int("axis", 1));
    }

    private bool IsShared(OnnxNode node) => node.Outputs is [var output] && _norms.Contains(output);

    private void Norm(OnnxNode node)
    {
        // Moments use single precision, even if the network does not.
        var isHalf = Constant(node.Inputs[1]).Type == OnnxType.Half;
        var (scale, shift) = (PerChannel(node.Inputs[1], isHalf), PerChannel(node.Inputs[2], isHalf));
        var maps = isHalf ? _graph.Cast(node.Inputs[0], OnnxType.Float) : node.Inputs[0];
        var mean = _graph.MeanOfMaps(maps);
        var distance = _graph.Node("Sub", [maps, mean]);
        var variance = _graph.MeanOfMaps(_graph.Node("Mul", [distance, distance]));

        var (from, to) = (_before, _before + Channels(node));
        _before = to;
        _means.Add(mean);
        _variances.Add(variance);
        var centered = _graph.Node("Sub", [distance, Move(mean, from, to)]);
        var moved = _graph.Node("Add", [variance, Move(variance, _channels + from, _channels + to)]);
        var deviation = _graph.Node("Sqrt", [_graph.Node("Add", [moved, _graph.Constant([node.Float("epsilon", NetworkNodes.NormEpsilon)])])]);
        var factor = _graph.Node("Div", [scale, deviation]);
        string[] sum = [_graph.Node("Mul", [centered, factor]), shift];
        if (isHalf)
            _graph.NodeAs(node.Outputs[0], "Cast", [_graph.Node("Add", sum)], OnnxAttribute.Int("to", OnnxType.Half));
        else
            _graph.NodeAs(node.Outputs[0], "Add", sum);
    }

    /// <summary>Returns how much the given moments shift one of the image's moments: the difference times the weight.</summary>
    private string Move(string moment, long from, long to)
    {
        var given = _graph.Channels(DynamicShapeModel.GivenStatistics, from, to);
        return _graph.Node("Mul", [_graph.Node("Sub", [given, moment]), DynamicShapeModel.GivenShare]);
    }

    private int Channels(OnnxNode norm) => Constant(norm.Inputs[1]).Dimensions is [> 0 and <= MaxChannels and var channels]
        ? (int)channels
        : throw new InvalidDataException(
            $"The ONNX model normalizes each image by its own statistics and scales by '{norm.Inputs[1]}', which has shape " +
            $"[{string.Join(", ", Constant(norm.Inputs[1]).Dimensions)}]; expected one dimension of 1 to {MaxChannels} channels. Choose " +
            "another sizing.");

    private OnnxConstant Constant(string name) => _constants.GetValueOrDefault(name)
        ?? throw new InvalidDataException(
            $"The ONNX model normalizes each image by its own statistics and scales by '{name}', which is not a constant, so tiles " +
            "cannot share statistics. Choose another sizing.");

    // PyTorch also writes constants as nodes.
    private static IEnumerable<OnnxConstant> ConstantIn(OnnxNode node)
        => node.Type == "Constant" && node.Outputs is [var name] && node.Tensor is { } tensor ? [new OnnxConstant(tensor).As(name)] : [];

    // (C) as (C, 1, 1), which broadcasts over (N, C, H, W).
    private string PerChannel(string name, bool isHalf)
    {
        var constant = Constant(name);
        var wide = constant.As($"{name}_wide", [.. constant.Dimensions, 1, 1]);
        if (_wide.Add(wide.Name)) // norms may share a constant
            _graph.Add(wide);
        return isHalf ? _graph.Cast(wide.Name, OnnxType.Float) : wide.Name;
    }
}
