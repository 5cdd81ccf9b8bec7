using Pix2Pix.Reporting;

namespace Quickstart;

/// <summary>All that there is to say about a run.</summary>
internal sealed record Run(QuickstartOptions Options, PairSet Pairs, LossLog Losses, TestRun Test)
{
    /// <summary>The largest difference between the trained generator and its ONNX file, in levels of 0 to 255.</summary>
    public required double OnnxParityLevels { get; init; }

    /// <summary>The machine and the versions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; } = RunEnvironment.Describe();

    /// <summary>The time of an epoch.</summary>
    public double SecondsPerEpoch => Losses.EpochsDone > 0 ? Losses.Elapsed.TotalSeconds / Losses.EpochsDone : 0;
}
