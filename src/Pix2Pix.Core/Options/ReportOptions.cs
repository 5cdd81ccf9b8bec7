namespace Pix2Pix;

/// <summary>A folder that shows a training while it goes on, and afterwards. Immutable.</summary>
/// <remarks>
/// It holds <c>report.html</c>, one page that needs no other file: fixed samples by epoch, curves, options, environment, hints;
/// <c>losses.csv</c>, a row for each step; <c>validation.csv</c>, a row for each validation; <c>hints.csv</c>; and
/// <c>samples/epoch-0001.png</c>, what the generator made of the samples, below <c>samples/input.png</c> and <c>samples/target.png</c>. L1
/// is in 0 to 1 everywhere. The page is written at the start, every so many epochs, every thirty seconds in between, and at the end; a new
/// page replaces the old one when it is complete. Where an epoch takes long, its picture is renewed every ten minutes. A training that is
/// resumed goes on with the files that are there; any other one replaces them. <c>report.lock</c> keeps a second training out while the
/// first goes on.
/// </remarks>
public sealed record ReportOptions
{
    /// <summary>The folder; made where it is not there. Of several trainings each needs its own.</summary>
    public required string Folder
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("The report's folder has no name.", nameof(Folder)) : value;
    }

    /// <summary>Epochs between two looks at the samples, and two pages. The last epoch is always among them.</summary>
    /// <value>The default is 1.</value>
    /// <remarks>An epoch's picture of six samples of 256x256 pixels takes some 0.7 MB.</remarks>
    public int EveryEpochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 1;

    /// <summary>
    /// The samples to translate: evenly spread over the validation pairs where there are some, else over those of the training. Of pairs
    /// that are not in memory, only the first ones are looked at.
    /// </summary>
    /// <value>The default is 6.</value>
    public int Samples { get; init => field = Guard.InRange(value, 1, 32); } = 6;

    /// <summary>The page's title.</summary>
    /// <value>The default is <see langword="null"/>: "pix2pix".</value>
    public string? Title { get; init; }
}
