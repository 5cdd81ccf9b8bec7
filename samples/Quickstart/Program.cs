// Quickstart: turns line drawings into photographs. Generates pairs, then trains, saves and scores a model, in two to three minutes.
//
//   dotnet run -c Release --project samples/Quickstart
//   dotnet run -c Release --project samples/Quickstart -- FOLDER [EPOCHS [SIZE]]     your own pairs, side by side in each image
using System.Runtime.InteropServices;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Pix2Pix;

const string Out = "out";
const PairSide InputSide = PairSide.Left; // the half of each image that is the input
MLContext mlContext = new(seed: 1);
mlContext.Log += PrintLine;
using CancellationTokenSource stop = new();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndTraining);
try
{
    string folder = args.ElementAtOrDefault(0) ?? "drawn";
    bool isDrawn = folder == "drawn";
    int epochs = int.Parse(args.ElementAtOrDefault(1) ?? (isDrawn ? "40" : "200"));
    int size = int.Parse(args.ElementAtOrDefault(2) ?? (isDrawn ? "128" : "256"));

    // 1. Load pairs of an input and a target image, and hold out a tenth for testing.
    if (isDrawn)
        folder = Drawn.Pairs(DrawnKind.Edges, $"{Out}/drawn", new(Train: 240, Validation: 0), size, seed: 1) + "/train";
    IDataView pairs = mlContext.ImageTranslation.LoadPairs(folder, InputSide);
    var split = mlContext.Data.TrainTestSplit(pairs, testFraction: 0.1, seed: 1);
    Directory.CreateDirectory(Out);
    mlContext.ImageTranslation.SavePreview(split.TrainSet, $"{Out}/pairs.png"); // input, target: check it before a long training run

    // 2. Train. The defaults are the paper's settings. The synthetic images need a smaller network and a higher learning rate, and no
    //    mirroring, because their light comes from the left.
    Pix2PixOptions options = new()
    {
        Generator = new() { Width = size, Height = size, Filters = isDrawn ? 16 : 64 },
        Training = isDrawn
            ? new() { Epochs = epochs, BatchSize = 4, LearningRate = 0.001, Augmentation = AugmentationOptions.None }
            : new() { Epochs = epochs },
        Sizing = new() { Kind = ImageSizing.StretchAndRestore }, // translations have the size of their input
        Report = new() { Folder = $"{Out}/training" },
        StopTraining = stop.Token,
    };
    using Pix2PixTransformer trained = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(split.TrainSet);
    ctrlC.Dispose(); // from here on, Ctrl+C ends the program

    // 3. Save the generator for any ONNX runtime, and the pipeline for ML.NET.
    trained.SaveAsOnnx($"{Out}/generator.onnx");
    mlContext.Model.Save(trained, pairs.Schema, $"{Out}/model.zip");

    // 4. Load the model, as another application would, and translate and score the held-out pairs.
    using var model = mlContext.ImageTranslation.LoadModel($"{Out}/model.zip", out _);
    IDataView translated = model.Transform(split.TestSet);
    mlContext.ImageTranslation.SavePreview(translated, $"{Out}/samples.png"); // input, target, translation
    ImageTranslationMetrics metrics = mlContext.ImageTranslation.Evaluate(
        translated, options: new() { Page = new() { File = $"{Out}/comparison.html" } });

    Console.WriteLine($"""

        {metrics.Rows.Count} test pairs: L1 {metrics.L1:0.0000}, PSNR {metrics.Psnr:0.00} dB, SSIM {metrics.Ssim:0.000}

        {Path.GetFullPath(Out)}
          samples.png           test pairs: input, target, translation
          comparison.html       all test pairs with their scores, from worst to best
          training/report.html  the progress of training
          generator.onnx        the generator, for any ONNX runtime
          model.zip             the pipeline, for ML.NET
        """);
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
