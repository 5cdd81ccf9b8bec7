using System.Runtime.CompilerServices;

namespace Pix2Pix;

/// <summary>
/// Where and how often a training keeps all that it needs to go on after a crash, and what it does with what it finds there. Immutable.
/// </summary>
/// <remarks>
/// A checkpoint is written every so many epochs or minutes, when the training is stopped or cancelled, and at its end. It is there whole
/// or not at all. One training a folder, one process at a time.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>The folder of this training's checkpoints. It is made where it is missing.</summary>
    public required string Folder { get; init => field = NotEmpty(value); }

    /// <summary>Epochs between two checkpoints.</summary>
    /// <value>The default is 1: after each epoch. 0 is never.</value>
    public int EveryEpochs { get; init => field = Guard.InRange(value, 0, 1_000_000); } = 1;

    /// <summary>Time between two checkpoints, within epochs as well: looked at after each step.</summary>
    /// <value>The default is <see langword="null"/>: by epochs alone. More than zero; some minutes are usual.</value>
    public TimeSpan? Every
    {
        get;
        init => field = value is null ? null : Guard.InRange(value.Value, TimeSpan.FromTicks(1), TimeSpan.MaxValue);
    }

    /// <summary>The newest checkpoints that are kept; older ones are deleted. best.safetensors is not counted and stays.</summary>
    /// <value>The default is 2, from 1 to 1000: where one is damaged, there is the one before it.</value>
    public int KeepLast { get; init => field = Guard.InRange(value, 1, 1000); } = 2;

    /// <summary>Whether to go on from the newest checkpoint in the folder.</summary>
    /// <value>The default is <see cref="ResumeMode.IfPresent"/>: who starts the same program again loses nothing.</value>
    public ResumeMode Resume { get; init => field = Guard.Defined(value); } = ResumeMode.IfPresent;

    /// <summary>
    /// Whether to go on from a checkpoint of other options, threads, device or pairs. The result then equals no undisturbed training's.
    /// </summary>
    /// <value>The default is <see langword="false"/>: all that differs is named in an error.</value>
    /// <remarks>
    /// Where an epoch has another number of batches than in the checkpoint, the epoch at hand begins again. Networks of other shapes are
    /// refused in any case. With other pairs to validate with, or another metric, best.safetensors becomes the best by these.
    /// </remarks>
    public bool AllowOtherOptions { get; init; }

    /// <summary>
    /// Whether to go on from the newest undamaged checkpoint where a newer one is damaged. That one is kept under a name that ends in
    /// ".damaged".
    /// </summary>
    /// <value>The default is <see langword="false"/>: the damaged one is named in an error.</value>
    /// <remarks>One of another version of the format is not damaged: <c>CheckpointVersionException</c>.</remarks>
    public bool AllowOlder { get; init; }

    private static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }
}
