// LabelsToPhotos: generates the photograph of a facade from its labels or, with AtoB, the labels from the photograph.
//
//   dotnet run -c Release --project samples/LabelsToPhotos                                      generates synthetic facades
//   dotnet run -c Release --project samples/LabelsToPhotos -- facades [EPOCHS [SIZE [AtoB]]]    the paper's data set and settings
//   dotnet run -c Release --project samples/LabelsToPhotos -- drawn 20 64 AtoB
using System.Runtime.InteropServices;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Pix2Pix;

const string Out = "out/LabelsToPhotos";
MLContext mlContext = new(seed: 1);
mlContext.Log += PrintLine;
using CancellationTokenSource stop = new();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndTraining);
try
{
    string folder = args.ElementAtOrDefault(0) ?? "drawn";
    bool isDrawn = folder == "drawn";
    int epochs = int.Parse(args.ElementAtOrDefault(1) ?? (isDrawn ? "20" : "200"));
    int size = int.Parse(args.ElementAtOrDefault(2) ?? (isDrawn ? "64" : "256"));
    bool toPhotos = args.ElementAtOrDefault(3) != "AtoB";

    // 1. Pairs: the photograph is the left half of each file, and its labels are the right half.
    if (isDrawn)
        Drawn.Pairs(DrawnKind.Fronts, folder = $"{Out}/data", new(Train: 120, Validation: 12, Test: 24), size, seed: 1);
    PairSplits pairs = mlContext.ImageTranslation.LoadPairSplits(folder, toPhotos ? PairSide.Right : PairSide.Left);
    IDataView test = pairs.Test ?? pairs.Validation ?? throw new DirectoryNotFoundException($"'{folder}' has no folder test or val.");
    Directory.CreateDirectory(Out);
    mlContext.ImageTranslation.SavePreview(pairs.Train, $"{Out}/pairs.png"); // input, target: check it before a long training run

    // 2. Options: the paper's recipe. The synthetic images need a smaller network, a higher learning rate, and no mirroring, because
    //    their light comes from the left.
    Pix2PixOptions recipe = Pix2PixRecipes.Facades;
    TrainingOptions small = new() { BatchSize = 4, LearningRate = 0.001, Augmentation = AugmentationOptions.None };
    Pix2PixOptions options = recipe with
    {
        Generator = recipe.Generator with { Width = size, Height = size, Filters = isDrawn ? 16 : 64 },
        Training = (isDrawn ? small : recipe.Training) with
        {
            Epochs = epochs, // label maps use nearest-neighbor interpolation: a blend of two labels is not a label
            Preprocessing = toPhotos ? new() { InputKernel = ResizeKernel.Nearest } : new() { TargetKernel = ResizeKernel.Nearest },
        },
        Inference = isDrawn ? new() : recipe.Inference,
        Sizing = new() { Kind = ImageSizing.StretchAndRestore }, // translations have the size of their input, and so of the target
        Report = new() { Folder = $"{Out}/training" },
        StopTraining = stop.Token,
    };

    // 3. Train, and save the model as ONNX for any runtime, and as a zip for ML.NET.
    using Pix2PixTransformer model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs.Train);
    ctrlC.Dispose(); // from here on, Ctrl+C ends the program
    model.SaveAsOnnx($"{Out}/generator.onnx");
    mlContext.Model.Save(model, pairs.Train.Schema, $"{Out}/model.zip");

    // 4. Translate and score the test pairs.
    IDataView translated = model.Transform(test);
    mlContext.ImageTranslation.SavePreview(translated, $"{Out}/translations.png"); // input, target, translation
    ImageTranslationMetrics metrics = mlContext.ImageTranslation.Evaluate(
        translated, options: new() { FindPalette = !toPhotos, Page = new() { File = $"{Out}/comparison.html" } });
    Console.WriteLine($"{metrics.Rows.Count} test pairs: L1 {metrics.L1:0.000}, PSNR {metrics.Psnr:0.0} dB, SSIM {metrics.Ssim:0.000}");
    if (metrics.Labels is { } labels)
        Console.WriteLine($"Correct labels: {labels.Accuracy:0.0%} of the pixels; mean IoU {labels.MeanIou:0.000}");
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
