using System.CommandLine;
using Pix2Pix;

namespace Quickstart;

/// <summary>The options of the program. Those not given have two defaults: small ones for drawn objects, the paper's for --data.</summary>
internal static class CommandLine
{
    private const string About =
        "Learns to turn one image into another (pix2pix), exports and saves the model, reloads it, and shows what it makes of images it "
        + "has not seen. Without --data it draws 220 objects and learns to color their edges, with settings for a few minutes on two "
        + "cores; with --data the settings are the paper's. Ctrl-C ends the training early and keeps what is there.";

    private static readonly Option<string?> Data = Arguments.Folder(
        "--data", "Side-by-side images to learn from (*.jpg, *.jpeg, *.png) [default: none, objects are drawn]");

    private static readonly Option<string?> Test = Arguments.Folder(
        "--test", "Side-by-side images to test with [default: every tenth of --data, sorted by name (ordinal), is kept for it]");

    private static readonly Option<Direction?> Direction = Arguments.Choice(
        "--direction", "From the left half (A) to the right half (B), or back [default: AtoB]", Enum.GetValues<Direction>());

    private static readonly Option<int?> Size = Arguments.Number(
        "--size", "Width and height of the model's images, a multiple of 32 [default: 128 drawn, 256 with --data]", 32, 1024, 32);

    private static readonly Option<int?> Filters = Arguments.Number(
        "--filters", "Filters of the generator's first layer [default: 16 drawn, 64 with --data]", 1, 512);

    private static readonly Option<NormKind?> Norm = Arguments.Choice(
        "--norm", "Normalization after the convolutions [default: batch]", Enum.GetValues<NormKind>());

    private static readonly Option<int?> Batch = Arguments.Number(
        "--batch", "Pairs in a step [default: 4 drawn, 1 with --data]", 1, 4096);

    private static readonly Option<int?> Epochs = Arguments.Number(
        "--epochs", "Passes over the training pairs [default: 36 drawn, 200 with --data]", 1, 1_000_000);

    private static readonly Option<double?> LearningRate = Arguments.Decimal(
        "--learning-rate", "Adam's step size at the start [default: 0.001 drawn, 0.0002 with --data]", 0, 1);

    private static readonly Option<OnOff?> Augment = Arguments.Choice(
        "--augment", "Mirror and crop at random while learning [default: off drawn, on with --data]", Enum.GetValues<OnOff>());

    private static readonly Option<int?> Seed = Arguments.Number(
        "--seed", "Seed of drawings, weights, order, crops and dropout [default: 1]", 0, int.MaxValue);

    // Another number gives other bits.
    private static readonly Option<int?> Threads = Arguments.Number(
        "--threads", "Threads that train on the CPU [default: one for each core]", 1, 1024);

    private static readonly Option<NormStatistics?> Statistics = Arguments.Choice(
        "--statistics",
        "What batch normalization uses when translating, the image's own or the training's [default: image]",
        [NormStatistics.Image, NormStatistics.Running]);

    private static readonly Option<OnOff?> DropoutAtTest = Arguments.Choice(
        "--dropout-at-test", "Dropout when translating; the paper has it on [default: off]", Enum.GetValues<OnOff>());

    private static readonly Option<string?> Out = Arguments.Folder("--out", "Where everything is written [default: out]");

    private static readonly Option<bool> RedBlueIou = new("--red-blue-iou")
    {
        Description = "Score also the overlap (IoU) of the regions where red is above blue, for label maps",
    };

    private enum OnOff
    {
        On,
        Off,
    }

    /// <summary>The options, or null where the arguments asked for help, which is then shown.</summary>
    /// <exception cref="InputException">Arguments cannot be used; the message names all of them.</exception>
    public static QuickstartOptions? Read(string[] args)
    {
        RootCommand root = new(About)
        {
            Data, Test, Direction, Size, Filters, Norm, Batch, Epochs, LearningRate, Augment, Seed, Threads, Statistics,
            DropoutAtTest, Out, RedBlueIou,
        };

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            throw new InputException(
                "The arguments cannot be used (--help shows what can):", parsed.Errors.Select(error => error.Message).Distinct());
        }

        // What acts by itself is --help or --version.
        if (parsed.Action is not null)
        {
            parsed.Invoke();
            return null;
        }

        bool drawn = parsed.GetValue(Data) is null;
        QuickstartOptions options = new()
        {
            Data = parsed.GetValue(Data),
            Test = parsed.GetValue(Test),
            Direction = parsed.GetValue(Direction) ?? Quickstart.Direction.AtoB,
            Size = parsed.GetValue(Size) ?? (drawn ? 128 : 256),
            Filters = parsed.GetValue(Filters) ?? (drawn ? 16 : 64),
            Norm = parsed.GetValue(Norm) ?? NormKind.Batch,
            Batch = parsed.GetValue(Batch) ?? (drawn ? 4 : 1),
            Epochs = parsed.GetValue(Epochs) ?? (drawn ? 36 : 200),
            LearningRate = parsed.GetValue(LearningRate) ?? (drawn ? 0.001 : 0.0002),
            Augment = (parsed.GetValue(Augment) ?? (drawn ? OnOff.Off : OnOff.On)) == OnOff.On,
            Seed = parsed.GetValue(Seed) ?? 1,
            Threads = parsed.GetValue(Threads),
            Statistics = parsed.GetValue(Statistics) ?? NormStatistics.Image,
            DropoutAtTest = parsed.GetValue(DropoutAtTest) == OnOff.On,
            Out = parsed.GetValue(Out) ?? "out",
            RedBlueIou = parsed.GetValue(RedBlueIou),
        };
        CheckFolders(options);
        return options;
    }

    private static void CheckFolders(QuickstartOptions options)
    {
        List<string> faults = [];
        if (options.Test is not null && options.Data is null)
            faults.Add("--test is there without --data: there is nothing to learn from. Name both folders.");

        if (options.Data is not null && !Directory.Exists(options.Data))
            faults.Add($"There is no folder '{options.Data}' (--data).");

        if (options.Test is not null && !Directory.Exists(options.Test))
            faults.Add($"There is no folder '{options.Test}' (--test).");

        if (File.Exists(options.Out))
            faults.Add($"'{options.Out}' (--out) is a file; expected a folder.");
        else if (SafeFile.WhyNotIn(options.Out) is { } reason)
            faults.Add($"The folder '{options.Out}' (--out) cannot be written to: {reason}");

        // The translations are named after the pairs: they must not land among them.
        string translations = Path.GetFullPath(options.File("test"));
        foreach (string folder in new[] { options.Data, options.Test }.OfType<string>())
        {
            if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == translations)
                faults.Add($"The translations would overwrite the images in '{folder}'. Choose another folder for --out.");
        }

        if (faults.Count > 0)
            throw new InputException("The arguments cannot be used (--help shows what can):", faults);
    }
}
