using System.Text.Json.Nodes;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>All that makes two trainings validate alike: with it they end at the same step, with the same best weights.</summary>
internal static class ValidationIdentity
{
    /// <param name="run">Says how the training is validated.</param>
    /// <param name="pairs">What it is validated with.</param>
    public static JsonObject Of(TrainingRun run, IPairSource pairs) => new()
    {
        ["Options"] = JsonNode.Parse(OptionsJson.Write(run.Validation)),
        ["Inference"] = JsonNode.Parse(OptionsJson.Write(run.Inference)),
        ["Pairs"] = pairs.Count,
        [TrainingIdentity.AllPairs] = PairsFingerprint.Of(pairs, run.Cancel),
    };
}
