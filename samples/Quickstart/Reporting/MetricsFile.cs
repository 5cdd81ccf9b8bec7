using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quickstart;

/// <summary>The figures of a run, for other programs.</summary>
internal static class MetricsFile
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // the PSNR of equal images is infinite
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The figures as JSON.</summary>
    public static string ToJson(Run run) => JsonSerializer.Serialize(
        new
        {
            run.Test.Scores.L1,
            run.Test.Scores.Psnr,
            run.Test.Scores.Ssim,
            run.Test.RedBlueIou,
            run.Test.MeanTargetL1,
            TrainRows = run.Pairs.Train.Count,
            TestRows = run.Pairs.Test.Count,
            StepsDone = run.Losses.Steps.Count,
            EpochsDone = Math.Round(run.Losses.EpochsDone, 3),
            TrainingSeconds = Math.Round(run.Losses.Elapsed.TotalSeconds, 3),
            SecondsPerEpoch = Math.Round(run.SecondsPerEpoch, 3),
            run.OnnxParityLevels,
            run.Options,
            Environment = run.Environment.ToDictionary(),
        },
        Readable);
}
