using System.Text.Json;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>Two training steps computed by PyTorch: reference/values/step_*.json and .bin.</summary>
internal sealed class StepReference
{
    private readonly JsonElement _json;
    private readonly RecordedTensors _tensors;

    public StepReference(string name)
    {
        _json = ReferenceFile.Json($"{name}.json");
        _tensors = new RecordedTensors(_json);
    }

    public NormKind Norm => Enum.Parse<NormKind>(_json.GetProperty("norm").GetString()!, ignoreCase: true);

    public SkipConnections Skips => _json.GetProperty("skip").GetString() switch
    {
        "standard" => SkipConnections.ActivatedTogether,
        "joined" => SkipConnections.BeforeActivation,
        var other => throw new InvalidDataException($"Unknown skip '{other}'."),
    };

    public int Size => _json.GetProperty("size").GetInt32();

    public int Filters => _json.GetProperty("filters").GetInt32();

    public int Batch => _json.GetProperty("batch").GetInt32();

    public int Steps => _json.GetProperty("steps").GetInt32();

    public LossOptions Losses => new()
    {
        Adversarial = Enum.Parse<AdversarialKind>(_json.GetProperty("game").GetString()!),
        L1Weight = Weight("l1"),
        L2Weight = Weight("l2"),
        FeatureMatchingWeight = Weight("feature_matching"),
        GradientPenaltyWeight = Weight("gradient_penalty"),
    };

    public double LearningRate => _json.GetProperty("adam").GetProperty("lr").GetDouble();

    public double[] Betas => _json.GetProperty("adam").GetProperty("betas").Doubles();

    public IEnumerable<string> TensorNames => _tensors.Names;

    public uint Seed(string what) => _json.GetProperty("seeds").GetProperty(what).GetUInt32();

    public IReadOnlyList<(string Name, long[] Shape)> Parameters(string network) =>
    [
        .. _json.GetProperty("parameters").GetProperty(network).EnumerateArray()
            .Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("shape").Longs())),
    ];

    /// <summary>A loss of a step, from 1; 0 for a part that was off.</summary>
    public double Loss(int step, string name) => NumberOrZero(_json.GetProperty("losses")[step - 1], name);

    public (long[] Shape, double[] Values) Tensor(string name) => _tensors[name];

    private double Weight(string part) => NumberOrZero(_json, $"{part}_weight");

    private static double NumberOrZero(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
