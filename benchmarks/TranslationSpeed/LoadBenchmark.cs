using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using TrainingMemory;

namespace TranslationSpeed;

/// <summary>Measures a saved model from loading the file to the first translation.</summary>
internal static class LoadBenchmark
{
    public static void Run(Model model)
    {
        Report("Before", TimeSpan.Zero);
        Stopwatch watch = Stopwatch.StartNew();
        using TransformerChain<ITransformer> chain = new MLContext(seed: 1).ImageTranslation.LoadModel(model.Zip, out _);
        Report("Loaded", watch.Elapsed);
        GC.Collect();
        Report($"After a garbage collection; the model has {new FileInfo(model.Onnx).Length / 1048576} MiB", watch.Elapsed);
    }

    private static void Report(string what, TimeSpan time) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {ProcessMemory.Resident:0} MiB, peak {ProcessMemory.Peak:0} MiB, {time.TotalSeconds:0.0} s"));
}
