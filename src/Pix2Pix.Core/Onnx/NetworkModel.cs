
namespace Pix2Pix.Onnx;

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
                "The model was trained elsewhere, or written by an earlier version: it is not known where its network begins and ends. " +
                $"Only {nameof(OnnxInterface)}.{nameof(OnnxInterface.Pixels)} can be written.");
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
