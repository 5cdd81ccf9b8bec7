// A file-based application without any property, so that its settings are those of native AOT. FileBased.cs IMAGE: trains with everything
// that reads or writes JSON, resumes, saves, loads and translates.
#:project ../../../src/Pix2Pix.ML/Pix2Pix.ML.csproj
#:package libtorch-cpu-linux-x64
#:package Microsoft.ML.OnnxRuntime

using System.Text.Json;
using Microsoft.ML;
using Pix2Pix;

MLContext mlContext = new(seed: 1);
var pairs = mlContext.ImageTranslation.LoadPairs(args[0], PairSide.Left);
Pix2PixOptions options = new()
{
    Generator = new() { Width = 32, Height = 32, Filters = 2 },
    Discriminator = new() { Filters = 2 },
    Training = new() { Epochs = 2, ImagePool = 2, AverageDecay = 0.9, Schedule = new() { Kind = ScheduleKind.Plateau } },
    ValidationFraction = 0.25,
    Checkpoints = new() { Folder = "checkpoints" },
    Report = new() { Folder = "report" },
};
mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs).Dispose();
using var resumed = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs);
mlContext.Model.Save(resumed, pairs.Schema, "model.zip");
resumed.SaveAsOnnx("generator.onnx");

using var loaded = mlContext.ImageTranslation.LoadTransformer("model.zip");
loaded.TranslateFile(args[1], "loaded.png");
using var opened = mlContext.ImageTranslation.ApplyModel("Output", "Input", "generator.onnx").Open();
opened.TranslateFile(args[1], "opened.png");
Console.WriteLine($"reflection {JsonSerializer.IsReflectionEnabledByDefault}");
