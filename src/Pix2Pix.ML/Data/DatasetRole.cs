using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>What rows are read for: which rows of their view they are, what becomes of them, and how errors speak of them.</summary>
internal sealed record DatasetRole
{
    /// <summary>An empty set for the pairs.</summary>
    public required Func<ImagePairs> NewSet { get; init; }

    /// <summary>The most pairs in memory where they are streamed, or used at all.</summary>
    public required int Window { get; init; }

    /// <summary>The option that says so.</summary>
    public required string WindowName { get; init; }

    /// <summary>Whether no more pairs are used than the window holds: of a larger set, those that are evenly spread.</summary>
    public bool UsesWindowAlone { get; init; }

    /// <summary>What is done with a pair, as in "cannot be learnt from".</summary>
    public required string Verb { get; init; }

    /// <summary>The same for the log, behind the number of pairs.</summary>
    public required string Aim { get; init; }

    /// <summary>What is said where there is no row of the purpose among so many of the view.</summary>
    public required Func<long, string> None { get; init; }

    /// <summary>What is said above a row that is not what it was in the first pass.</summary>
    public required string Changed { get; init; }

    /// <summary>The name of a row, as in "Row 3".</summary>
    public string Row { get; init; } = "Row";

    /// <summary>Whether a row of the view, from 0, is read.</summary>
    public Func<long, bool> Includes { get; init; } = _ => true;
}
