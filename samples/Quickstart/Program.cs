using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch;
using Quickstart;

try
{
    if (CommandLine.Read(args) is not { } options)
        return 0;

    MLContext mlContext = new(options.Seed);

    // ---- 1. Pairs: an input and what shall become of it ------------------------------------------------------------
    Stopwatch watch = Stopwatch.StartNew();
    PairSet pairs = options.Data is null ? DrawnPairs.Make(options) : PairFolder.Open(options);
    Console.WriteLine($"{pairs.Train.Count} pairs to learn from, {pairs.Test.Count} to test with ({watch.Elapsed.TotalSeconds:0.0} s)");
    using StopKeys keys = new();
    Pictures.Save(Preview.OfPairs(pairs.Train, options.Size), options.File("pairs.png"));

    // ---- 2. Fit: learn to turn one into the other ------------------------------------------------------------------
    IDataView trainView = PairRow.View(mlContext, pairs.Train);
    LossLog losses = new();
    using Pix2PixTransformer model = TrainingDisplay.Show(losses, progress => mlContext.ImageTranslation
        .Pix2Pix("Output", "Input", "Target", options.ForPix2Pix(progress, keys.Stopped))
        .Fit(trainView));
    keys.EndWithTraining();
    if (losses.Steps.Count == 0)
        throw new InputException("Stopped before the first step: there is nothing to keep.");

    // ---- 3. Save: the generator as ONNX for any runtime, the pipeline as a zip for ML.NET ----------------------------
    string zip = options.File("model.zip");
    SafeFile.Write(options.File("generator.onnx"), file =>
    {
        using FileStream stream = File.Create(file);
        model.SaveAsOnnx(stream);
    });
    SafeFile.Write(zip, file => mlContext.Model.Save(model, trainView.Schema, file));

    // ---- 4. Reload, and translate what the model has not seen --------------------------------------------------------
    using TransformerChain<ITransformer> reloaded = mlContext.ImageTranslation.LoadModel(zip, out _);
    TestRun test = TestRun.Translate(mlContext, reloaded, pairs, options);

    // ---- 5. Show it ----------------------------------------------------------------------------------------------------
    Run run = new(options, pairs, losses, test) { OnnxParityLevels = model.Parity?.MaxDifferenceInLevels ?? 0 };
    Pictures.Save(Preview.OfTranslations(test.Shown), options.File("samples.png"));
    SafeFile.WriteText(options.File("metrics.json"), MetricsFile.ToJson(run));
    SafeFile.WriteText(options.File("report.html"), Report.ToHtml(run));
    Summary.Print(run);
    return 0;
}
catch (Exception e) when (e is InputException or PairDataException or TorchRuntimeException or TrainingDivergedException
    or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
