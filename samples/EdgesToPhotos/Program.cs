// EdgesToPhotos: things on a table from their outlines. Photographs are all it needs: it draws their edges itself.
//
//   dotnet run -c Release --project samples/EdgesToPhotos                     draws its own photographs
//   dotnet run -c Release --project samples/EdgesToPhotos -- photos           a folder of photographs of yours
//   dotnet run -c Release --project samples/EdgesToPhotos -- edges2shoes      the paper's data set and settings
//
// README.md beside this file says where the data set comes from, how it lies on disk, and how long all this takes.

using System.CommandLine;
using System.CommandLine.Parsing;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Pix2Pix;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch;

// ---- 1. What is asked for ------------------------------------------------------------------------------------------------
Argument<string?> folderArgument = new("folder")
{
    Description = "Photographs; or pairs in folders train and val (or test). Photographs are drawn where it is left out.",
    Arity = ArgumentArity.ZeroOrOne,
};
Option<int?> epochsOption = new("--epochs")
{
    Description = "Passes over the pairs [default: 20; 15 with a folder]",
    CustomParser = given => Number(given, "--epochs", number => number is >= 1 and <= 1_000_000, "a whole number from 1 to 1000000"),
};
Option<int?> sizeOption = new("--size")
{
    Description = "Width and height that the network sees [default: 64; 256 with a folder]",
    HelpName = "32|64|128|256|512",
    CustomParser = given => Number(given, "--size", number => number is 32 or 64 or 128 or 256 or 512, "32, 64, 128, 256 or 512"),
};
Option<string> outOption = new("--out") { Description = "Where all files are written", DefaultValueFactory = _ => "out/EdgesToPhotos" };
folderArgument.Validators.Add(given =>
{
    if (given.Tokens is [{ Value: ['-', ..] option }])
        given.AddError($"There is no option '{option}'.");
});
outOption.Validators.Add(given =>
{
    if (given.GetValueOrDefault<string>() is var path && (string.IsNullOrWhiteSpace(path) || File.Exists(path)))
        given.AddError($"--out is '{path}'; expected a folder, there or to be made, and no file.");
});

RootCommand command = new("Learns to turn edges into photographs. Ctrl-C ends the training and keeps what is learned.")
{
    folderArgument, epochsOption, sizeOption, outOption,
};
ParseResult arguments = command.Parse(args);
if (arguments.Errors.Count > 0)
{
    Console.Error.WriteLine($"{string.Join(' ', arguments.Errors.Select(error => error.Message).Distinct())} See --help.");
    return 1;
}

if (arguments.Action is not null) // --help or --version
    return arguments.Invoke();

string? folder = arguments.GetValue(folderArgument);
bool isDrawn = folder is null;
int size = arguments.GetValue(sizeOption) ?? (isDrawn ? 64 : 256);
string Out(string name) => Path.Combine(arguments.GetValue(outOption)!, name);

try
{
    // ---- 2. Rows of an input, the edges, and a target, the photograph -------------------------------------------------------
    MLContext mlContext = new(seed: 1);
    mlContext.Log += (_, line) =>
    {
        if (line.Source.StartsWith("Pix2Pix", StringComparison.Ordinal) && line.Kind != ChannelMessageKind.Trace)
            Console.WriteLine(line.RawMessage); // what was loaded; a line after each epoch
    };
    folder ??= Drawn.Photos(Out("data/photos"), count: 144, size, seed: 1);
    IDataView train, test;
    if (Directory.Exists(Path.Combine(folder, "train")))
    {
        // Pairs as edges2shoes has them: the edges are the left half of each file.
        PairSplits pairs = mlContext.ImageTranslation.LoadPairSplits(folder, PairSide.Left);
        train = pairs.Train;
        test = pairs.Test ?? pairs.Validation ?? throw new DirectoryNotFoundException($"'{folder}' has no folder test or val.");
    }
    else
    {
        // Photographs: their edges are drawn when a row is read, and about a sixth is kept to test with.
        ImageFileView photos = mlContext.ImageTranslation.LoadImages(folder);
        IDataView rows = mlContext.Transforms.DrawEdges("Input", "Photo")
            .Append(mlContext.Transforms.CopyColumns("Target", "Photo"))
            .Append(mlContext.Transforms.SelectColumns("Input", "Target"))
            .Fit(photos).Transform(photos);
        DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(rows, testFraction: 1 / 6.0, seed: 1);
        (train, test) = (split.TrainSet, split.TestSet);
    }

    Directory.CreateDirectory(Out(""));
    mlContext.ImageTranslation.SavePreview(train, Out("pairs.png")); // look at it before a long training: input, target

    // ---- 3. Options: the paper's recipe for this data set ------------------------------------------------------------------
    using CancellationTokenSource stop = new();
    void EndTraining(object? sender, ConsoleCancelEventArgs key)
    {
        key.Cancel = !stop.IsCancellationRequested; // the second Ctrl-C ends the program
        stop.Cancel();
    }

    Console.CancelKeyPress += EndTraining;
    Pix2PixOptions options = Pix2PixRecipes.EdgesToShoes;
    if (isDrawn)
    {
        // The drawings are simpler than the world: a small network, larger steps, and no mirroring, as their light is from the left.
        options = options with
        {
            Generator = new() { Filters = 16 },
            Training = new() { Epochs = 20, BatchSize = 4, LearningRate = 0.001, Augmentation = AugmentationOptions.None },
            Inference = new(),
        };
    }

    options = options with
    {
        Generator = options.Generator with { Width = size, Height = size },
        Training = options.Training with { Epochs = arguments.GetValue(epochsOption) ?? options.Training.Epochs },
        Report = new() { Folder = Out("training") },
        StopTraining = stop.Token,
    };

    // ---- 4. Fit, and save: as ONNX for any runtime, and as a zip for ML.NET ------------------------------------------------
    using Pix2PixTransformer model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(train);
    Console.CancelKeyPress -= EndTraining; // the training is over: from here on Ctrl-C ends the program
    model.SaveAsOnnx(Out("generator.onnx"));
    mlContext.Model.Save(model, null, Out("model.zip")); // no schema: ML.NET leaves columns of images out of it anyway

    // ---- 5. Translate what it has not seen, and score it; targets come to the model's size ---------------------------------
    test = mlContext.Transforms.ResizeImages("Target", size, size).Fit(test).Transform(test);
    IDataView translated = model.Transform(test);
    mlContext.ImageTranslation.SavePreview(translated, Out("translations.png")); // input, target, translation
    ImageTranslationMetrics metrics = mlContext.ImageTranslation.Evaluate(
        translated, options: new() { Page = new() { File = Out("comparison.html") } });

    Console.WriteLine($"{metrics.Rows.Count} test rows: L1 {metrics.L1:0.000}, PSNR {metrics.Psnr:0.0} dB, SSIM {metrics.Ssim:0.000}");
    Console.WriteLine($"Open {Path.GetFullPath(Out("comparison.html"))}");
    return 0;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or OperationCanceledException
    or PairDataException or TorchRuntimeException or TrainingDivergedException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

// The number that stands behind an option, or a sentence about what was expected there.
static int? Number(ArgumentResult given, string option, Predicate<int> fits, string expected)
{
    if (int.TryParse(given.Tokens[0].Value, out int number) && fits(number))
        return number;

    given.AddError($"{option} is '{given.Tokens[0].Value}'; expected {expected}.");
    return null;
}
