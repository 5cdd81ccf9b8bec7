// Colorize: colors for photographs in black and white. Photographs in color are all it learns from.
//
//   dotnet run -c Release --project samples/Colorize                          draws its own photographs
//   dotnet run -c Release --project samples/Colorize -- photos --epochs 40    a folder of photographs of yours, with the paper's settings
//
// README.md beside this file says where the data set comes from, how it lies on disk, and how long all this takes.

using System.CommandLine;
using System.CommandLine.Parsing;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Pix2Pix;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch;

// ---- 1. What is asked for ------------------------------------------------------------------------------------------------
Argument<string?> folderArgument = new("folder")
{
    Description = "Photographs in color. They are drawn where it is left out.",
    Arity = ArgumentArity.ZeroOrOne,
};
Option<int?> epochsOption = new("--epochs")
{
    Description = "Passes over the pairs [default: 20; 6 with a folder]",
    CustomParser = given => Number(given, "--epochs", number => number is >= 1 and <= 1_000_000, "a whole number from 1 to 1000000"),
};
Option<int?> sizeOption = new("--size")
{
    Description = "Width and height that the network sees [default: 64; 256 with a folder]",
    HelpName = "32|64|128|256|512",
    CustomParser = given => Number(given, "--size", number => number is 32 or 64 or 128 or 256 or 512, "32, 64, 128, 256 or 512"),
};
Option<string> outOption = new("--out") { Description = "Where all files are written", DefaultValueFactory = _ => "out/Colorize" };
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

RootCommand command = new("Learns to color photographs in black and white. Ctrl-C ends the training and keeps what is learned.")
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
    // ---- 2. Photographs: their lightness is the input and their colors are the target, so one column is both ------------
    MLContext mlContext = new(seed: 1);
    mlContext.Log += (_, line) =>
    {
        if (line.Source.StartsWith("Pix2Pix", StringComparison.Ordinal) && line.Kind != ChannelMessageKind.Trace)
            Console.WriteLine(line.RawMessage); // what was loaded; a line after each epoch
    };
    folder ??= Drawn.Photos(Out("data/photos"), count: 144, 2 * size, seed: 1); // larger than what the network sees
    ImageFileView photos = mlContext.ImageTranslation.LoadImages(folder);
    DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(photos, testFraction: 1 / 6.0, seed: 1);
    Directory.CreateDirectory(Out(""));

    // ---- 3. Options: the paper's recipe, in which the network sees L* of CIE L*a*b* and gives a* and b* --------------------
    using CancellationTokenSource stop = new();
    void EndTraining(object? sender, ConsoleCancelEventArgs key)
    {
        key.Cancel = !stop.IsCancellationRequested; // the second Ctrl-C ends the program
        stop.Cancel();
    }

    Console.CancelKeyPress += EndTraining;
    Pix2PixOptions options = Pix2PixRecipes.Colorization;
    if (isDrawn)
    {
        // The drawings are simpler than the world: a small network, larger steps, and no mirroring, as their light is from the left.
        options = options with
        {
            Generator = options.Generator with { Filters = 16 },
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
    using Pix2PixTransformer model = mlContext.ImageTranslation.Pix2Pix("Output", "Photo", "Photo", options).Fit(split.TrainSet);
    Console.CancelKeyPress -= EndTraining; // the training is over: from here on Ctrl-C ends the program
    model.SaveAsOnnx(Out("generator.onnx"));
    mlContext.Model.Save(model, photos.Schema, Out("model.zip"));

    // ---- 5. Color photographs that it has not seen, as large as they are ---------------------------------------------------
    Directory.CreateDirectory(Out("colorized"));
    foreach (ReadOnlyMemory<char> file in split.TestSet.GetColumn<ReadOnlyMemory<char>>("File").Take(8))
    {
        using MLImage photo = ImageFiles.Read(file.ToString()), colorized = model.Colorize(photo);
        colorized.Save(Out($"colorized/{Path.GetFileNameWithoutExtension(file.ToString())}.png"));
    }

    // ---- 6. Score them, at the size of the network --------------------------------------------------------------------------
    IDataView test = mlContext.Transforms.ResizeImages("Target", size, size, "Photo")
        .Append(mlContext.Transforms.ConvertToGrayscale("Gray", "Target"))
        .Fit(split.TestSet).Transform(split.TestSet);
    IDataView translated = model.Transform(test);
    translated = mlContext.Transforms.SelectColumns("Gray", "Target", "Output").Fit(translated).Transform(translated);
    mlContext.ImageTranslation.SavePreview(translated, Out("translations.png")); // gray, target, translation
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
