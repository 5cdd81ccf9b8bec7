using Microsoft.ML;
using Pix2Pix;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Import;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/import.md.</summary>
internal static class ImportSnippets
{
    public static void Export()
    {
        // <snippet>
        using var generator = PretrainedGenerator.Load("checkpoints/facades/latest_net_G.pth");
        using var file = File.Create("generator.onnx");
        GeneratorExporter.Write(generator, InferenceOptions.Default, file);
        // </snippet>
    }

    public static void OtherSize()
    {
        // <snippet>
        var options = new ImportOptions { Width = 512, Height = 384 };
        using var generator = PretrainedGenerator.Load("checkpoints/horse2zebra/latest_net_G.pth", options);
        // </snippet>
    }

    public static void Apply(MLContext mlContext)
    {
        // <snippet>
        using var model = mlContext.ImageTranslation.ApplyModel("Output", "Input", "generator.onnx").Open();
        model.TranslateFile("drawing.png", "photo.png");
        // </snippet>
    }
}
