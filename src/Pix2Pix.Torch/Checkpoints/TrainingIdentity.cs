using System.Text.Json.Nodes;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Onnx;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>All that makes two trainings the same one: from the same step on, they give the same bits on a CPU.</summary>
internal static class TrainingIdentity
{
    /// <param name="generator">The generator's options.</param>
    /// <param name="discriminator">The discriminator's.</param>
    /// <param name="training">The training's; what they leave open is filled in, so that the default and its value are the same.</param>
    /// <param name="threads">The threads that libtorch really has.</param>
    /// <param name="device">The kind of device.</param>
    /// <param name="pairs">The number of pairs.</param>
    /// <param name="fingerprint">Of the pairs' pixels.</param>
    public static JsonObject Of(
        GeneratorOptions generator,
        DiscriminatorOptions discriminator,
        TrainingOptions training,
        int threads,
        string device,
        int pairs,
        string fingerprint) => new()
        {
            ["Generator"] = JsonNode.Parse(OptionsJson.Write(generator)),
            ["Discriminator"] = JsonNode.Parse(OptionsJson.Write(discriminator)),
            ["Training"] = JsonNode.Parse(OptionsJson.Write(training with
            {
                Seed = training.SeedOrDefault,
                Statistics = training.Statistics ?? NormStatistics.Running,
                Threads = threads,
            })),
            ["Device"] = device,
            ["Pairs"] = pairs,
            ["PairsFingerprint"] = fingerprint,
        };

    /// <summary>One line for each value that differs: its path, what the checkpoint has, what is now.</summary>
    public static IReadOnlyList<string> Differences(JsonObject kept, JsonObject now)
    {
        var (old, current) = (Leaves(kept), Leaves(now));
        return
        [
            .. current.Keys.Union(old.Keys)
                .Where(path => old.GetValueOrDefault(path) != current.GetValueOrDefault(path))
                .Select(path => $"{path}: {Of(old, path)} in the checkpoint, {Of(current, path)} now"),
        ];

        static string Of(Dictionary<string, string> leaves, string path) => leaves.GetValueOrDefault(path, "nothing");
    }

    /// <summary>Values by path, such as Training.Losses.L1Weight; lists as they are.</summary>
    private static Dictionary<string, string> Leaves(JsonObject tree)
    {
        var leaves = new Dictionary<string, string>();
        Add(tree, "");
        return leaves;

        void Add(JsonObject branch, string prefix)
        {
            foreach (var (name, value) in branch)
            {
                if (value is JsonObject next)
                    Add(next, $"{prefix}{name}.");
                else
                    leaves[prefix + name] = value is null ? "null" : value.ToJsonString().Trim('"');
            }
        }
    }
}
