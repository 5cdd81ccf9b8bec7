namespace Pix2Pix;

/// <summary>The options of a report folder that is updated during training. Immutable.</summary>
/// <remarks>
/// The folder contains <c>report.html</c>, a single self-contained page with fixed samples by epoch, curves, options, environment and
/// hints; <c>losses.csv</c>, a row for each step; <c>validation.csv</c>, a row for each validation; <c>hints.csv</c>; and
/// <c>samples/epoch-0001.png</c>, the generator's translations of the samples, with <c>samples/input.png</c> and <c>samples/target.png</c>.
/// L1 is in 0 to 1 everywhere. The page is written at the start, at the given interval of epochs, every thirty seconds in between, and at
/// the end; a new page replaces the previous one when it is complete. If an epoch takes long, its image is updated every ten minutes. A
/// resumed training run continues the existing files; any other run replaces them. <c>report.lock</c> prevents a second training run from
/// writing to the folder at the same time.
/// </remarks>
public sealed record ReportOptions
{
    /// <summary>The folder; created if it does not exist. Each training run needs its own.</summary>
    public required string Folder
    {
        get;
        init => field = Guard.Path(value, "the path of a folder for the report");
    }

    /// <summary>The number of epochs between two updates of the samples and the page. The last epoch is always included.</summary>
    /// <value>The default is 1.</value>
    /// <remarks>An epoch's image with six samples of 256x256 pixels takes about 0.7 MB.</remarks>
    public int EveryEpochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 1;

    /// <summary>
    /// The number of samples to translate: evenly spaced over the validation pairs if there are any, otherwise over the training pairs. If
    /// pairs are not in memory, only the first ones are considered.
    /// </summary>
    /// <value>The default is 6.</value>
    public int Samples { get; init => field = Guard.InRange(value, 1, 32); } = 6;

    /// <summary>The page's title.</summary>
    /// <value>The default is <see langword="null"/>: "pix2pix".</value>
    public string? Title { get; init; }
}
