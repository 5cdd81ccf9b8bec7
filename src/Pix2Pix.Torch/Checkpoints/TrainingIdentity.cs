using System.Text.Json.Nodes;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using TorchSharp;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// Everything that determines a training: two trainings with equal identities give bit-identical results on a CPU from the same step.
/// <see cref="ResumeRules"/> states which of its values may differ from the checkpoint's.
/// </summary>
internal static class TrainingIdentity
{
    /// <summary>The name of the fingerprint of all pairs.</summary>
    public const string AllPairs = "PairsChecksum";

    /// <summary>The longest value that a difference shows.</summary>
    private const int MaxText = 200;

    /// <summary>The name of the earlier fingerprint, which covered only the first pairs.</summary>
    private const string FirstPairs = "PairsFingerprint";

    /// <summary>
    /// The identity of a trainer. Options that are not set are resolved, so that a default and its explicit value are equal.
    /// </summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="pairs">The training pairs; all pixels are read.</param>
    /// <param name="run">The run, which defines the validation.</param>
    public static JsonObject Of(Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run)
    {
        var training = trainer.Options;
        var identity = new JsonObject
        {
            ["Generator"] = JsonNode.Parse(OptionsJson.Write(trainer.Generator.Options)),
            ["Discriminator"] = JsonNode.Parse(OptionsJson.Write(trainer.DiscriminatorOptions)),
            ["Training"] = JsonNode.Parse(OptionsJson.Write(training with
            {
                Seed = training.SeedOrDefault,
                Statistics = training.Statistics ?? NormStatistics.Running,
                Threads = torch.get_num_threads(),
            })),
            ["Device"] = trainer.Device.type.ToString().ToLowerInvariant(),
            ["Pairs"] = pairs.Count,
            [AllPairs] = PairsFingerprint.Of(pairs, run.CancellationToken),
        };
        if (run.ValidationSource is { } validation)
            identity["Validation"] = ValidationIdentity.Of(run, validation);
        return identity;
    }

    /// <summary>The seed of a training, or null if the identity has none.</summary>
    public static int? Seed(JsonObject identity)
        => identity["Training"] is JsonObject training && training["Seed"] is JsonValue value && value.TryGetValue(out int seed)
            ? seed
            : null;

    /// <summary>
    /// Returns the values that differ. A group of values that exists on one side only counts as one value.
    /// </summary>
    public static IReadOnlyList<Difference> Differences(JsonObject saved, JsonObject current)
        => [.. Differences(saved, current, prefix: "")];

    private static IEnumerable<Difference> Differences(JsonObject saved, JsonObject current, string prefix)
    {
        var names = current.Select(member => member.Key).Union(saved.Select(member => member.Key));
        foreach (var name in names.Where(name => name != AllPairs || !saved.ContainsKey(FirstPairs)))
        {
            var path = prefix + name;
            if (saved[name] is JsonObject oldGroup && current[name] is JsonObject group)
            {
                foreach (var difference in Differences(oldGroup, group, $"{path}."))
                    yield return difference;
            }
            else if (name == FirstPairs)
                yield return new(path, "computed from the first 16 pairs in the checkpoint (by an earlier version of the library), from " +
                    "all pairs now");
            else if (saved[name] is JsonObject && !current.ContainsKey(name))
                yield return new(path, "only in the checkpoint");
            else if (current[name] is JsonObject && !saved.ContainsKey(name))
                yield return new(path, "not in the checkpoint");
            else if (Text(saved, name) != Text(current, name))
                yield return new(path, $"{Text(saved, name)} in the checkpoint, {Text(current, name)} now");
        }
    }

    private static string Text(JsonObject group, string name)
    {
        if (!group.TryGetPropertyValue(name, out var value))
            return "nothing";
        var text = value is null ? "null" : value.ToJsonString().Trim('"');
        return text.Length <= MaxText ? text : $"{text[..MaxText]}...";
    }
}

/// <summary>A difference between a checkpoint and the current training.</summary>
/// <param name="Path">What differs, such as Training.Losses.L1Weight.</param>
/// <param name="Values">The value in the checkpoint, and the current value.</param>
internal sealed record Difference(string Path, string Values)
{
    public override string ToString() => $"{Path}: {Values}";
}

/// <summary>
/// Everything that determines validation: with equal identities, trainings end at the same step with the same best weights.
/// </summary>
internal static class ValidationIdentity
{
    /// <param name="run">Defines how the training is validated.</param>
    /// <param name="pairs">The validation pairs.</param>
    public static JsonObject Of(TrainingRun run, IPairSource pairs) => new()
    {
        ["Options"] = JsonNode.Parse(OptionsJson.Write(run.Validation)),
        ["Inference"] = JsonNode.Parse(OptionsJson.Write(run.Inference)),
        ["Pairs"] = pairs.Count,
        [TrainingIdentity.AllPairs] = PairsFingerprint.Of(pairs, run.CancellationToken),
    };
}

/// <summary>Computes a fingerprint of pairs to detect changed data.</summary>
internal static class PairsFingerprint
{
    /// <summary>The fingerprint provided by the source; otherwise computed from all pairs.</summary>
    public static string Of(IPairSource pairs, CancellationToken cancel)
        => pairs.Fingerprint ?? PairChecksum.Join(pairs.Read(cancel).Select(pair =>
        {
            cancel.ThrowIfCancellationRequested();
            return PairChecksum.Of(pair);
        }));
}
