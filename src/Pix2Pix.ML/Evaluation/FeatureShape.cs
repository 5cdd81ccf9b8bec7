using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Pix2Pix.ML.Evaluation;

/// <summary>The input and output of a feature network.</summary>
internal sealed record FeatureShape(string Input, string Output, bool ChannelsFirst, bool OneAtATime, int Width, int Height)
{
    /// <summary>Reads the shape from the model.</summary>
    /// <exception cref="InvalidDataException">The input or output is not as expected; the message lists all differences.</exception>
    public static FeatureShape Of(InferenceSession session, FeatureNetworkOptions options)
    {
        List<string> problems = [];
        var (input, dimensions) = Images(session.InputMetadata, problems);
        var output = Features(session.OutputMetadata, options.Output, problems);
        var channelsFirst = dimensions is [_, 3, _, _];
        var (height, width) = channelsFirst ? (dimensions[2], dimensions[3]) : (dimensions[1], dimensions[2]);
        foreach (var (name, side) in (ReadOnlySpan<(string, int)>)[("height", height), ("width", width)])
        {
            if (side < 0 && options.Size is null)
                problems.Add($"its input leaves the {name} free; give FeatureNetworkOptions.Size");
            if (side >= 0 && options.Size is { } size && size != side)
                problems.Add($"its input has a {name} of {side}, and FeatureNetworkOptions.Size is {size}; leave that out");
        }

        if (problems.Count > 0)
            throw new InvalidDataException($"The feature network '{options.File}' cannot be used: {string.Join("; ", problems)}.");
        return new FeatureShape(
            input, output, channelsFirst, dimensions[0] == 1, width < 0 ? options.Size!.Value : width, height < 0 ? options.Size!.Value : height);
    }

    /// <summary>The input dimensions for the given number of images.</summary>
    public long[] Dimensions(int count) => ChannelsFirst ? [count, 3, Height, Width] : [count, Height, Width, 3];

    private static (string Name, int[] Dimensions) Images(IReadOnlyDictionary<string, NodeMetadata> nodes, List<string> problems)
    {
        var (name, node) = nodes.Count == 1 ? nodes.First() : default;
        if (node is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions: [-1 or 1, 3, _, _] or [-1 or 1, _, _, 3] })
            return (name, node.Dimensions);
        problems.Add($"it takes {List(nodes)}; expected one input of Float, [N, 3, height, width] or [N, height, width, 3], N free or 1");
        return (string.Empty, [1, 3, 1, 1]);
    }

    private static string Features(IReadOnlyDictionary<string, NodeMetadata> nodes, string? wanted, List<string> problems)
    {
        var name = wanted ?? (nodes.Count == 1 ? nodes.Keys.First() : string.Empty);
        if (nodes.TryGetValue(name, out var node) && node is { IsTensor: true, ElementDataType: TensorElementType.Float })
            return name;
        var expected = wanted is null ? "expected one output of Float; name the one that is wanted" : $"expected '{wanted}' of Float";
        problems.Add($"it gives {List(nodes)}; {expected}");
        return string.Empty;
    }

    private static string List(IReadOnlyDictionary<string, NodeMetadata> nodes)
        => string.Join(" and ", nodes.Select(node => node.Value.IsTensor
            ? $"'{node.Key}' of {node.Value.ElementDataType}, [{string.Join(", ", node.Value.Dimensions.Select(d => d < 0 ? "free" : $"{d}"))}]"
            : $"'{node.Key}', no tensor").DefaultIfEmpty("nothing"));
}
