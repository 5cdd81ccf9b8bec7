using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using Pix2Pix;
using TrainingMemory;

// Measures the memory of a training, over its steps and at its peak, and how long its steps wait for pairs. Rows are drawn on demand, so
// that no dataset is needed, or read from files.

Option<int> rows = new("--rows") { Description = "The number of rows.", DefaultValueFactory = _ => 1000 };
Option<int> size = new("--size") { Description = "Width and height of the images in pixels.", DefaultValueFactory = _ => 64 };
Option<int> budget = new("--budget") { Description = "The memory budget in MiB.", DefaultValueFactory = _ => 32 };
Option<int> window = new("--window") { Description = "The number of pairs in the shuffle window.", DefaultValueFactory = _ => 1000 };
Option<int> steps = new("--steps") { Description = "The number of steps, over as many epochs as needed.", DefaultValueFactory = _ => 3125 };
Option<int> batch = new("--batch") { Description = "The batch size.", DefaultValueFactory = _ => 32 };
Option<int> filters = new("--filters") { Description = "The filters of both networks.", DefaultValueFactory = _ => 2 };
Option<DirectoryInfo?> data = new("--data") { Description = "A folder of side-by-side pairs to use instead of drawn rows; --rows is ignored." };
Option<int> every = new("--every") { Description = "The number of steps between two lines of output.", DefaultValueFactory = _ => 250 };

RootCommand command = new("Measures the memory of a training.") { rows, data, size, budget, window, steps, batch, filters, every };
command.SetAction(parsed => Run(
    parsed.GetValue(data),
    parsed.GetValue(rows),
    parsed.GetValue(steps),
    parsed.GetValue(every),
    new Pix2PixOptions
    {
        Generator = new() { Width = parsed.GetValue(size), Height = parsed.GetValue(size), Filters = parsed.GetValue(filters) },
        Discriminator = new() { Filters = parsed.GetValue(filters) },
        Training = new() { BatchSize = parsed.GetValue(batch), ShuffleWindow = parsed.GetValue(window), Seed = 1, Epochs = 1_000_000 },
        MemoryBudget = (long)parsed.GetValue(budget) << 20,
    }));
return command.Parse(args).Invoke();

static void Run(DirectoryInfo? folder, int rows, int steps, int every, Pix2PixOptions options)
{
    MLContext context = new(seed: 1);
    context.Log += (_, e) =>
    {
        if (e.Message.Contains("pairs", StringComparison.Ordinal))
            Console.WriteLine(e.Message);
    };

    using CancellationTokenSource stop = new();
    MemoryLog log = new(steps, every, stop);
    IDataView data = folder is null
        ? context.Data.LoadFromEnumerable(new DrawnRows(rows, options.Generator.Width))
        : context.ImageTranslation.LoadPairs(folder.FullName, PairSide.Left);
    using Pix2PixTransformer model = context.ImageTranslation
        .Pix2Pix("Output", "Input", "Target", options with { Progress = log, StopTraining = stop.Token }).Fit(data);

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{model.Training!.Steps} steps in {model.Training.StepTime.TotalSeconds:0.0} s, {model.Training.DataTime.TotalSeconds:0.0} s of waiting for pairs"));
    log.Summarize();
}
