using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Defines what rows are read for: which rows of the view are used, how, and how error messages describe them.</summary>
internal sealed record DatasetRole
{
    /// <summary>Creates an empty set for the pairs.</summary>
    public required Func<ImagePairs> NewSet { get; init; }

    /// <summary>The maximum number of pairs in memory if they are streamed, or the maximum number of pairs used.</summary>
    public required int Window { get; init; }

    /// <summary>The name of the option that sets the window.</summary>
    public required string WindowName { get; init; }

    /// <summary>Whether only as many pairs are used as the window allows; an evenly spaced subset is taken from a larger set.</summary>
    public bool UsesWindowAlone { get; init; }

    /// <summary>What a pair is used for, as in "cannot be learned from".</summary>
    public required string Verb { get; init; }

    /// <summary>The purpose for the log, following the number of pairs.</summary>
    public required string Aim { get; init; }

    /// <summary>The error message when none of the given number of rows in the view has this role.</summary>
    public required Func<long, string> None { get; init; }

    /// <summary>The error message heading for a row that has changed since the first pass.</summary>
    public required string Changed { get; init; }

    /// <summary>The term for a row, as in "Row 3".</summary>
    public string Row { get; init; } = "Row";

    /// <summary>Whether a row of the view, counted from 0, is read.</summary>
    public Func<long, bool> Includes { get; init; } = _ => true;
}
