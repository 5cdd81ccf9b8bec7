// Colorize: colorizes black-and-white photographs. The model is trained on color photographs.
//
//   dotnet run -c Release --project samples/Colorize                            generates synthetic photographs
//   dotnet run -c Release --project samples/Colorize -- photos 40 [SIZE]        a folder of photographs, with the paper's settings
using System.Runtime.InteropServices;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Pix2Pix;

const string Out = "out/Colorize";
MLContext mlContext = new(seed: 1);
mlContext.Log += PrintLine;
using CancellationTokenSource stop = new();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndTraining);
try
{
    string folder = args.ElementAtOrDefault(0) ?? "drawn";
    bool isDrawn = folder == "drawn";
    int epochs = int.Parse(args.ElementAtOrDefault(1) ?? (isDrawn ? "20" : "6"));
    int size = int.Parse(args.ElementAtOrDefault(2) ?? (isDrawn ? "64" : "256"));

    // 1. Photographs. Their lightness is the input and their colors are the target, so one column contains both.
    if (isDrawn)
        Drawn.Photos(folder = $"{Out}/data", count: 144, 2 * size, seed: 1); // larger than the network's images
    IDataView photos = mlContext.ImageTranslation.LoadImages(folder);
    var split = mlContext.Data.TrainTestSplit(photos, testFraction: 1 / 6.0, seed: 1);
    Directory.CreateDirectory($"{Out}/colorized");

    // 2. Options: the paper's recipe, in which the network takes L* of CIE L*a*b* and returns a* and b*. The synthetic images need a
    //    smaller network, a higher learning rate, and no mirroring, because their light comes from the left.
    Pix2PixOptions recipe = Pix2PixRecipes.Colorization;
    TrainingOptions small = new() { BatchSize = 4, LearningRate = 0.001, Augmentation = AugmentationOptions.None };
    Pix2PixOptions options = recipe with
    {
        Generator = recipe.Generator with { Width = size, Height = size, Filters = isDrawn ? 16 : 64 },
        Training = (isDrawn ? small : recipe.Training) with { Epochs = epochs },
        Inference = isDrawn ? new() : recipe.Inference,
        Report = new() { Folder = $"{Out}/training" },
        StopTraining = stop.Token,
    };

    // 3. Train, and save the model as ONNX for any runtime, and as a zip for ML.NET.
    using Pix2PixTransformer model = mlContext.ImageTranslation.Pix2Pix("Output", "Photo", "Photo", options).Fit(split.TrainSet);
    ctrlC.Dispose(); // from here on, Ctrl+C ends the program
    model.SaveAsOnnx($"{Out}/generator.onnx");
    mlContext.Model.Save(model, photos.Schema, $"{Out}/model.zip");

    // 4. Colorize test photographs at their own size.
    foreach (string file in split.TestSet.GetColumn<ReadOnlyMemory<char>>("File").Take(8).Select(file => file.ToString()))
    {
        using MLImage photo = MLImage.CreateFromFile(file), colorized = model.Colorize(photo);
        colorized.Save($"{Out}/colorized/{Path.GetFileNameWithoutExtension(file)}.png");
    }

    // 5. Score all test photographs at the network's size.
    IDataView test = mlContext.Transforms.ResizeImages("Target", size, size, "Photo")
        .Append(mlContext.Transforms.ConvertToGrayscale("Gray", "Target"))
        .Fit(split.TestSet).Transform(split.TestSet);
    IDataView translated = model.Transform(test);
    translated = mlContext.Transforms.SelectColumns("Gray", "Target", "Output").Fit(translated).Transform(translated);
    mlContext.ImageTranslation.SavePreview(translated, $"{Out}/translations.png"); // gray, target, translation
    ImageTranslationMetrics metrics = mlContext.ImageTranslation.Evaluate(
        translated, options: new() { Page = new() { File = $"{Out}/comparison.html" } });
    Console.WriteLine($"{metrics.Rows.Count} test rows: L1 {metrics.L1:0.000}, PSNR {metrics.Psnr:0.0} dB, SSIM {metrics.Ssim:0.000}");
    Console.WriteLine($"Open {Path.GetFullPath($"{Out}/comparison.html")}");
    return 0;
}
catch (Exception e) // such as a missing folder, damaged files or a full disk; the message says what to do
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

// Prints the library's log: the number of pairs, then the losses and the remaining time after each epoch.
static void PrintLine(object? sender, LoggingEventArgs line)
{
    if (line.Source.StartsWith("Pix2Pix") && line.Kind != ChannelMessageKind.Trace)
        Console.WriteLine(line.RawMessage);
}

// Ctrl+C stops training after the current step; the model is then saved and scored as usual. A second Ctrl+C ends the program.
void EndTraining(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
