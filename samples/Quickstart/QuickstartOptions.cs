using Pix2Pix;

namespace Quickstart;

/// <summary>What the command line asked for, defaults filled in.</summary>
internal sealed record QuickstartOptions
{
    public string? Data { get; init; }

    public string? Test { get; init; }

    public required Direction Direction { get; init; }

    public required int Size { get; init; }

    public required int Filters { get; init; }

    public required NormKind Norm { get; init; }

    public required int Batch { get; init; }

    public required int Epochs { get; init; }

    public required double LearningRate { get; init; }

    public required bool Augment { get; init; }

    public required int Seed { get; init; }

    public int? Threads { get; init; }

    public required NormStatistics Statistics { get; init; }

    public required bool DropoutAtTest { get; init; }

    public required string Out { get; init; }

    public required bool RedBlueIou { get; init; }

    /// <summary>The path of a file in --out.</summary>
    public string File(string name) => Path.Combine(Out, name);

    /// <summary>What is learned from, for titles.</summary>
    public string Source => Data is null ? "drawn objects" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Data)));

    /// <summary>The estimator's options; all else is as in the paper.</summary>
    public Pix2PixOptions ForPix2Pix(IProgress<TrainingProgress> progress, CancellationToken stop) => new()
    {
        Generator = new() { Width = Size, Height = Size, Filters = Filters, Norm = Norm },
        Discriminator = new() { Norm = Norm },
        Training = new()
        {
            Epochs = Epochs,
            BatchSize = Batch,
            LearningRate = LearningRate,
            Augmentation = Augment ? AugmentationOptions.Default : AugmentationOptions.None,
            Seed = Seed,
            Threads = Threads,
        },
        Inference = new() { Statistics = Statistics, Dropout = DropoutAtTest, DropoutSeed = Seed },
        Progress = progress,
        Report = new() { Folder = File("training"), Title = $"pix2pix: {Source}" },
        StopTraining = stop,
    };
}
