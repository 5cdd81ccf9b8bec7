using System.CommandLine;
using Pix2Pix;
using TranslationSpeed;
using TranslationSpeed.Seams;

// Measures the overhead of a translation besides the network itself, many threads, the memory of large images, and tile seams.
// Except for the last, networks are untrained, which does not affect the time. Images are drawn.

Option<int> size = new("--size") { Description = "Width and height of the model's images.", DefaultValueFactory = _ => 256 };
Option<int> filters = new("--filters") { Description = "The generator's filters.", DefaultValueFactory = _ => 64 };
Option<int> images = new("--images") { Description = "The number of images.", DefaultValueFactory = _ => 300 };
Option<int> chunk = new("--chunk") { Description = "The number of images per turn of one side.", DefaultValueFactory = _ => 20 };
Option<int> threads = new("--threads") { Description = "The number of threads that translate in parallel.", DefaultValueFactory = _ => 4 };
Option<bool> spinning = new("--spinning") { Description = "Whether threads spin while they wait.", DefaultValueFactory = _ => ExecutionOptions.Default.Spinning };
Option<int> width = new("--width") { Description = "Width of the large image.", DefaultValueFactory = _ => 8192 };
Option<int> height = new("--height") { Description = "Height of the large image.", DefaultValueFactory = _ => 6144 };
Option<string> folder = new("--out") { Description = "The folder for files.", DefaultValueFactory = _ => "out" };

Command column = new("column", "Compares a bare loop over session.Run, our column, and the stock chain.") { size, filters, images, chunk, folder };
column.SetAction(parsed => ColumnBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(images), parsed.GetValue(chunk)));

Command execution = new("execution", "Compares threads, spinning and batch sizes of a session.") { size, filters, images, chunk, folder };
execution.SetAction(parsed => ExecutionBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(images), parsed.GetValue(chunk)));

Command many = new("threads", "Runs many translations on several threads, and checks for identical images and constant memory use.") { size, filters, images, threads, spinning, folder };
many.SetAction(parsed => ThreadsBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(images), parsed.GetValue(threads),
    parsed.GetValue(spinning)));

Command tiles = new("tiles", "Measures the memory of one large image in tiles.") { size, filters, width, height, folder };
tiles.SetAction(parsed => TilesBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(width), parsed.GetValue(height)));

Option<NormStatistics> statistics = new("--statistics") { Description = "The statistics that the model normalizes by." };
Option<int> pairs = new("--pairs") { Description = "The number of drawn towns to train on.", DefaultValueFactory = _ => 120 };
Option<int> epochs = new("--epochs") { Description = "The number of epochs.", DefaultValueFactory = _ => 20 };
Command seams = new("seams", "Checks for tile seams in the aerial view of a large town: trains a model, measures, and writes tiles.png.")
{
    size, filters, statistics, pairs, epochs, width, height, folder,
};
seams.SetAction(parsed => SeamsBenchmark.Run(
    TownModel.Zip(
        parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters), parsed.GetValue(statistics), parsed.GetValue(pairs),
        parsed.GetValue(epochs)),
    parsed.GetValue(width), parsed.GetValue(height), parsed.GetValue(folder)!));

Command load = new("load", "Measures the memory of opening a saved model.") { size, filters, folder };
load.SetAction(parsed => LoadBenchmark.Run(new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters))));

Argument<string[]> files = new("files") { Description = "ONNX files, the one to compare with first.", Arity = ArgumentArity.OneOrMore };
Command graphs = new("graphs", "Compares several ONNX files, written by benchmarks/onnx/forms.py.") { files, size, images, chunk };
graphs.SetAction(parsed => GraphsBenchmark.Run(parsed.GetValue(files)!, parsed.GetValue(size), parsed.GetValue(images), parsed.GetValue(chunk)));

return new RootCommand("Measures translation.") { column, execution, many, tiles, seams, load, graphs }.Parse(args).Invoke();
