namespace Pix2Pix.Torch.Import;

/// <summary>The normalization of a PyTorch network, and the weights that its layers therefore have.</summary>
internal sealed class CycleGanState
{
    private readonly HashSet<string> _names;
    private readonly IReadOnlyList<SourceLayer> _layers;
    private readonly bool _hasBiases;

    /// <param name="names">The names of all weights in the file.</param>
    /// <param name="layers">The layers of the network.</param>
    /// <param name="norm">The normalization, or null to derive it from the names.</param>
    public CycleGanState(HashSet<string> names, IReadOnlyList<SourceLayer> layers, NormKind? norm)
    {
        _names = names;
        _layers = layers;
        _hasBiases = layers.Any(layer => !layer.IsLast && names.Contains(layer.Bias));
        Norm = norm ?? DeriveNorm();
    }

    public NormKind Norm { get; }

    /// <summary>The required weights.</summary>
    /// <remarks>
    /// A PyTorch network without normalization has no biases except the last; here it becomes a network whose biases are 0.
    /// </remarks>
    public IEnumerable<WeightPair> Expected() => _layers.SelectMany(layer => new IEnumerable<WeightPair>[]
    {
        [new(layer.Weight, $"{layer.Target}.weight", layer.Shape)],
        layer.IsLast || (_hasBiases && Norm != NormKind.Batch) ? [new(layer.Bias, $"{layer.Target}.bias", [layer.Outputs])] : [],
        Norm == NormKind.Batch && layer.Norm is { } norm
            ? NormNames.Select(name => new WeightPair($"{norm}.{name}", $"{layer.Target}.norm.{name}", [layer.Outputs]))
            : [],
    }.SelectMany(pairs => pairs));

    /// <summary>The optional weights without effect: counts, and running statistics that old instance normalizations stored.</summary>
    public IEnumerable<string> Ignored() => _layers.Where(layer => layer.Norm is not null).SelectMany(layer => Norm switch
    {
        NormKind.Batch => (string[])[$"{layer.Norm}.num_batches_tracked"],
        NormKind.Instance => [$"{layer.Norm}.num_batches_tracked", $"{layer.Norm}.running_mean", $"{layer.Norm}.running_var"],
        _ => [],
    });

    private static string[] NormNames => ["weight", "bias", "running_mean", "running_var"];

    private NormKind DeriveNorm()
    {
        if (Has("weight"))
            return NormKind.Batch;
        return _hasBiases || Has("running_mean") ? NormKind.Instance : NormKind.None;
    }

    private bool Has(string name) => _layers.Any(layer => layer.Norm is { } norm && _names.Contains($"{norm}.{name}"));
}

/// <summary>The filters and channels of a network, derived from the shapes of its weights.</summary>
internal sealed class CycleGanShapes
{
    private const int MaxFilters = 128;
    private const int DefaultFilters = 64;
    private const int DefaultChannels = 3;

    public CycleGanShapes(SourceNetwork network, IReadOnlyDictionary<string, WeightEntry> found)
    {
        var layers = network.Layers(filters: 1, inputs: 1, outputs: 1);
        // The most common value is used, so that a single weight of another shape is the one reported as wrong.
        Filters = (int)layers.Where(layer => !layer.IsLast)
            .Select(layer => (Side: Side(layer, layer.OutputAxis), layer.Outputs))
            .Where(layer => layer.Side > 0 && layer.Side % layer.Outputs == 0)
            .CountBy(layer => layer.Side!.Value / layer.Outputs)
            .OrderByDescending(group => group.Value)
            .Select(group => Math.Min(group.Key, int.MaxValue / 64))
            .FirstOrDefault(DefaultFilters);
        Inputs = Clamped(Side(layers[0], 1 - layers[0].OutputAxis));
        var last = layers.Single(layer => layer.IsLast);
        Outputs = Clamped(Side(last, last.OutputAxis));

        long? Side(SourceLayer layer, int axis)
            => found.TryGetValue(layer.Weight, out var weight) && weight.Shape.Length == 4 ? weight.Shape[axis] : null;

        static int Clamped(long? side) => (int)Math.Clamp(side ?? DefaultChannels, 0, int.MaxValue / 64);
    }

    /// <summary>The number of filters of the outermost layer.</summary>
    public int Filters { get; }

    /// <summary>The number of input channels.</summary>
    public int Inputs { get; }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    /// <summary>
    /// Creates the options for these dimensions. Anything that this library's networks do not support is added to the problems.
    /// </summary>
    public GeneratorOptions Describe(ImportOptions import, ICollection<string> problems)
    {
        if (Filters > MaxFilters)
            problems.Add($"It has {Filters} filters; expected at most {MaxFilters}.");
        return new GeneratorOptions
        {
            Filters = Math.Clamp(Filters, 1, MaxFilters),
            Input = Images(nameof(ImportOptions.Input), Inputs, import.Input, problems),
            Output = Images(nameof(ImportOptions.Output), Outputs, import.Output, problems),
        };
    }

    private static ImageChannels Images(string name, int count, ImageChannels? requested, ICollection<string> problems)
    {
        if (requested is { } channels)
        {
            if (channels.Count() != count)
                problems.Add($"{name} is {channels}, which needs {Channels(channels.Count())}, but the network has {count}.");
            return channels;
        }

        switch (count)
        {
            case 1: return ImageChannels.Gray;
            case 3: return ImageChannels.Rgb;
            case 4: return ImageChannels.Rgba;
            case 2:
                problems.Add($"{name} has 2 channels. The colorization models of pytorch-CycleGAN-and-pix2pix scale a and b by 110, this " +
                    $"library by 127.5, so the colors would be wrong. If the model was trained with this library's scale, set {name} to " +
                    $"{nameof(ImageChannels.Chroma)}.");
                break;
            default:
                problems.Add($"{name} has {Channels(count)}; expected 1, 3 or 4.");
                break;
        }

        return ImageChannels.Rgb;
    }

    private static string Channels(int count) => count == 1 ? "1 channel" : $"{count} channels";
}

/// <summary>A weight in the file, and the parameter or buffer that it maps to.</summary>
/// <param name="Source">The name in the file, without the common prefix.</param>
/// <param name="Target">The name in this library.</param>
/// <param name="Shape">The shape on both sides.</param>
internal sealed record WeightPair(string Source, string Target, long[] Shape);
