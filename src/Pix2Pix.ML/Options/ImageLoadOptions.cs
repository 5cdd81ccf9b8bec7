using Pix2Pix.ML;

namespace Pix2Pix;

/// <summary>How image files are checked before the first of them is used. Immutable.</summary>
public sealed record ImageLoadOptions
{
    /// <summary>Everything is checked, and anything wrong is an error.</summary>
    public static ImageLoadOptions Default { get; } = new();

    /// <summary>Leaves out rows with faulty files, which <see cref="ML.Data.ImageFileView.Skipped"/> then lists.</summary>
    /// <value>The default is <see langword="false"/>: all faults in one error.</value>
    public bool SkipFaulty { get; init; }

    /// <summary>Decodes every file once.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>
    /// Off, headers and the ends of files are looked at, which finds less and takes a fraction of the time. A fault that is found later is
    /// an error at its row.
    /// </remarks>
    public bool DecodeAll { get; init; } = true;

    /// <summary>Allows the two images of a pair to differ in size.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Training brings both to one size; see <see cref="PreprocessingOptions"/>.</remarks>
    public bool AllowDifferentSizes { get; init; }

    /// <summary>Takes PNG files of 16 bits a channel for faulty.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the upper 8 bits are read, and <see cref="ML.Data.ImageFileView.Notes"/> says so.
    /// </value>
    public bool Refuse16Bit { get; init; }

    /// <summary>Told of each file that was checked, one call at a time, on several threads.</summary>
    public IProgress<FolderProgress>? Progress { get; init; }

    /// <summary>Ends the checks with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }
}
