using System.Text.Json.Nodes;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Checkpoints;

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
