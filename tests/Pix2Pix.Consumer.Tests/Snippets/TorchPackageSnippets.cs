using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Export;

namespace Consumer.Tests.Snippets;

/// <summary>The code of the README of the package Pix2Pix.Torch, with the usings that it names.</summary>
internal static class TorchPackageSnippets
{
    public static void Train(PixelImage input, PixelImage target)
    {
        // <snippet>
        var generator = new GeneratorOptions { Width = 128, Height = 128, Filters = 32 };
        var training = new TrainingOptions { Epochs = 20, BatchSize = 4 };
        var pairs = new ImagePairs(generator, training);
        pairs.Add(input, target); // PixelImage, any size; as many pairs as you have

        using var trainer = new Pix2PixTrainer(generator, DiscriminatorOptions.Default, training);
        trainer.Train(pairs);
        using var file = File.Create("generator.onnx");
        GeneratorExporter.Write(trainer.Generator, InferenceOptions.Default, file);
        // </snippet>
    }
}
