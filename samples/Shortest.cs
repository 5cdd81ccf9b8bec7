#!/usr/bin/env dotnet
// The shortest pipeline, in one file without a project: load pairs, train, save the model, and view translations.
//
//   dotnet run samples/Shortest.cs                       generates pairs of outlines and photographs; writes to out/Shortest
//   dotnet run samples/Shortest.cs -- facades/train      a folder of images with a pair side by side in each, the input on the left
//
// On Windows and macOS, use the package libtorch-cpu-win-x64 or libtorch-cpu-osx-arm64. Outside this repository, remove the code that uses
// DrawnData, and replace the four directives below with these:
//
//   #:package Pix2Pix.ML@0.1.0
//   #:package libtorch-cpu-linux-x64@2.10.0
//   #:package Microsoft.ML.OnnxRuntime@1.32.0

#:project ../src/Pix2Pix.ML/Pix2Pix.ML.csproj
#:project DrawnData/DrawnData.csproj
#:package libtorch-cpu-linux-x64
#:package Microsoft.ML.OnnxRuntime

using DrawnData;
using Microsoft.ML;
using Pix2Pix;
using Pix2Pix.ML.Data;

string folder = args.Length > 0 ? args[0] : "out/Shortest/data/train";
if (args.Length == 0)
    Drawn.Pairs(DrawnKind.Edges, "out/Shortest/data", new DrawnCounts(Train: 80, Validation: 0), size: 64, seed: 1);

MLContext mlContext = new(seed: 1);
ImageFileView pairs;
try
{
    pairs = mlContext.ImageTranslation.LoadPairs(folder, PairSide.Left);
}
catch (Exception e) when (e is IOException or Pix2PixException) // the folder is missing, or contains invalid files or none
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

Pix2PixOptions options = new()
{
    Generator = new() { Width = 64, Height = 64, Filters = 16 },
    Training = new() { Epochs = 20, BatchSize = 4, LearningRate = 0.001 },
};
using Pix2PixTransformer model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs);

Directory.CreateDirectory("out/Shortest");
mlContext.Model.Save(model, pairs.Schema, "out/Shortest/model.zip");
mlContext.ImageTranslation.SavePreview(model.Transform(pairs), "out/Shortest/translations.png"); // input, target, translation
Console.WriteLine($"Open {Path.GetFullPath("out/Shortest/translations.png")}");
return 0;
