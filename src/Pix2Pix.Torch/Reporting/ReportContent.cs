using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch.Reporting;

/// <summary>All that a page shows.</summary>
internal sealed record ReportContent
{
    public required string Title { get; init; }

    public required ReportStatus Status { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public string? Failure { get; init; }

    public required DateTimeOffset Written { get; init; }

    /// <summary>The pairs to learn from.</summary>
    public required int Pairs { get; init; }

    /// <summary>The step after which this training began: not 0 where it was resumed.</summary>
    public required long FirstStep { get; init; }

    /// <summary>After the last step; null before the first one.</summary>
    public TrainingProgress? Progress { get; init; }

    public required TrainingOptions Training { get; init; }

    public required History History { get; init; }

    public required Gallery Gallery { get; init; }

    public required IReadOnlyList<TrainingHint> Hints { get; init; }

    /// <summary>Names and values of all options, by record.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<OptionRow> Options)> Options { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }
}
