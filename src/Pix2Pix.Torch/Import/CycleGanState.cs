
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
        Norm = norm ?? Tell();
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

    private NormKind Tell()
    {
        if (Has("weight"))
            return NormKind.Batch;
        return _hasBiases || Has("running_mean") ? NormKind.Instance : NormKind.None;
    }

    private bool Has(string name) => _layers.Any(layer => layer.Norm is { } norm && _names.Contains($"{norm}.{name}"));
}
