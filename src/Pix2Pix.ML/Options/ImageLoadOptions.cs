namespace Pix2Pix;

/// <summary>How image files are checked before the first one is used. Immutable.</summary>
public sealed record ImageLoadOptions
{
    /// <summary>Checks everything; any fault is an error.</summary>
    public static ImageLoadOptions Default { get; } = new();

    /// <summary>Whether to skip rows with faulty files, which <see cref="ML.Data.ImageFileView.Skipped"/> then lists.</summary>
    /// <value>The default is <see langword="false"/>: all faults are reported in one error.</value>
    public bool SkipFaulty { get; init; }

    /// <summary>Whether to decode every file once.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>
    /// If off, only headers and the ends of files are checked, which finds fewer faults and takes a fraction of the time. A fault that is
    /// found later is an error at its row.
    /// </remarks>
    public bool DecodeAll { get; init; } = true;

    /// <summary>Whether the two images of a pair may differ in size.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Training resizes both to one size; see <see cref="PreprocessingOptions"/>.</remarks>
    public bool AllowDifferentSizes { get; init; }

    /// <summary>Whether PNG files with 16 bits per channel are faulty.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the upper 8 bits are read, and <see cref="ML.Data.ImageFileView.Notes"/> reports this.
    /// </value>
    public bool Refuse16Bit { get; init; }

    /// <summary>The maximum number of pixels of an image file. It is checked before the file is decoded.</summary>
    /// <value>The default is 134,217,728, which take 512 MiB when decoded. From 1 to 268,435,456.</value>
    public long MaxPixels { get; init => field = Guard.InRange(value, 1, ImageLimits.MostPixels); } = ImageLimits.DefaultPixels;

    /// <summary>The maximum length of an image file in bytes. It is checked before the file is read.</summary>
    /// <value>The default is 536,870,912. From 1 to 2,147,483,591.</value>
    public long MaxFileLength { get; init => field = Guard.InRange(value, 1, Array.MaxLength); } = ImageLimits.DefaultLength;

    /// <summary>Receives a report after each checked file, one call at a time, on several threads.</summary>
    public IProgress<ImageProgress>? Progress { get; init; }

    /// <summary>Cancels the checks with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }

    internal ImageLimits Limits => new(MaxPixels, MaxFileLength);
}
