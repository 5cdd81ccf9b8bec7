using System.Text.Json.Nodes;
using Pix2Pix.Torch.Data;
using TorchSharp;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>All that makes two trainings the same one: from the same step on, they give the same bits on a CPU.</summary>
internal static class TrainingIdentity
{
    /// <summary>The name of what all pairs are known by.</summary>
    public const string AllPairs = "PairsChecksum";

    /// <summary>What stood in its place before, of the first pairs alone.</summary>
    private const string FirstPairs = "PairsFingerprint";

    /// <summary>
    /// Of a trainer: what its options leave open is filled in, so that the default and its value are the same.
    /// </summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="pairs">What it learns from; all pixels are read.</param>
    /// <param name="run">What it validates with.</param>
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
            [AllPairs] = PairsFingerprint.Of(pairs, run.Cancel),
        };
        if (run.ValidationSet is { } validation)
            identity["Validation"] = ValidationIdentity.Of(run, validation);
        return identity;
    }

    /// <summary>
    /// One line for each value that differs: its path, such as Training.Losses.L1Weight, what the checkpoint has, what is now. One line
    /// as well for a whole group of values that only one of them has.
    /// </summary>
    public static IReadOnlyList<string> Differences(JsonObject kept, JsonObject now) => [.. Differences(kept, now, prefix: "")];

    private static IEnumerable<string> Differences(JsonObject kept, JsonObject now, string prefix)
    {
        var names = now.Select(member => member.Key).Union(kept.Select(member => member.Key));
        foreach (var name in names.Where(name => name != AllPairs || !kept.ContainsKey(FirstPairs)))
        {
            var path = prefix + name;
            if (kept[name] is JsonObject oldGroup && now[name] is JsonObject group)
            {
                foreach (var difference in Differences(oldGroup, group, $"{path}."))
                    yield return difference;
            }
            else if (name == FirstPairs)
                yield return $"{path}: of the first 16 pairs in the checkpoint, by an earlier version of the library; of all pairs now";
            else if (kept[name] is JsonObject && !now.ContainsKey(name))
                yield return $"{path}: in the checkpoint alone";
            else if (now[name] is JsonObject && !kept.ContainsKey(name))
                yield return $"{path}: not in the checkpoint";
            else if (Text(kept, name) != Text(now, name))
                yield return $"{path}: {Text(kept, name)} in the checkpoint, {Text(now, name)} now";
        }
    }

    private static string Text(JsonObject group, string name)
        => !group.TryGetPropertyValue(name, out var value) ? "nothing" : value is null ? "null" : value.ToJsonString().Trim('"');
}
