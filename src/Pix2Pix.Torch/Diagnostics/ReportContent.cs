using Pix2Pix.Reporting;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>All that a page shows.</summary>
internal sealed record ReportContent
{
    public required string Title { get; init; }

    public required ReportStatus Status { get; init; }

    /// <summary>How it ended, where there is something to say.</summary>
    public string? Note { get; init; }

    public required DateTimeOffset Written { get; init; }

    /// <summary>The pairs to learn from.</summary>
    public required int Pairs { get; init; }

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
