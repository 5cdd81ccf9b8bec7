using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using TrainingMemory;

namespace TranslationSpeed;

/// <summary>Many translations on several threads over one transformer.</summary>
internal static class ThreadsBenchmark
{
    private const int Different = 50; // images, used repeatedly
    private const int Reports = 10;

    public static void Run(Model model, int images, int threads, bool spinning)
    {
        MLContext context = new(seed: 1);
        using Pix2PixTransformer transformer = context.ImageTranslation.LoadTransformer(model.Zip, new() { Spinning = spinning });
        MLImage[] inputs = [.. Enumerable.Range(0, Different).Select(i => Model.Draw(i, model.Size, model.Size))];
        string[] expected = [.. inputs.Select(image => Hash(transformer, image))];

        int done = 0, wrong = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (Interlocked.Increment(ref done) is var number && number <= images)
            {
                int i = number % Different;
                if (Hash(transformer, inputs[i]) != expected[i])
                    Interlocked.Increment(ref wrong);
                if (number % (images / Reports) == 0)
                    Report(number);
            }
        }))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{images} translations on {threads} threads in {watch.Elapsed.TotalSeconds:0.0} s, {wrong} of them wrong."));
    }

    private static string Hash(Pix2PixTransformer transformer, MLImage input)
    {
        using MLImage output = transformer.Translate(input);
        return Convert.ToHexString(SHA256.HashData(output.Pixels));
    }

    private static void Report(int number)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}: {ProcessMemory.Resident:0.0} MiB"));
}
