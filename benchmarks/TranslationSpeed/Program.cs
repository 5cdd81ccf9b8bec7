using System.CommandLine;
using Pix2Pix;
using TranslationSpeed;
using TranslationSpeed.Seams;

// What a translation costs beside the network itself, how it behaves on many threads, how much memory large images take, and whether tiles
// show. But for the last, networks are untrained: the time does not depend on that. Images are drawn.

Option<int> size = new("--size") { Description = "Width and height of the model's images.", DefaultValueFactory = _ => 256 };
Option<int> filters = new("--filters") { Description = "The generator's filters.", DefaultValueFactory = _ => 64 };
Option<int> images = new("--images") { Description = "How many images.", DefaultValueFactory = _ => 300 };
Option<int> chunk = new("--chunk") { Description = "Images in a turn of one side.", DefaultValueFactory = _ => 20 };
Option<int> threads = new("--threads") { Description = "Threads that translate side by side.", DefaultValueFactory = _ => 4 };
Option<bool> spinning = new("--spinning") { Description = "Whether threads wait in loops.", DefaultValueFactory = _ => ExecutionOptions.Default.Spinning };
Option<int> width = new("--width") { Description = "Width of the large image.", DefaultValueFactory = _ => 8192 };
Option<int> height = new("--height") { Description = "Height of the large image.", DefaultValueFactory = _ => 6144 };
Option<string> folder = new("--out") { Description = "Where to write files.", DefaultValueFactory = _ => "out" };

Command column = new("column", "A bare loop over session.Run, our column, and the stock chain, turn by turn.") { size, filters, images, chunk, folder };
column.SetAction(parsed => ColumnBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(images), parsed.GetValue(chunk)));

Command execution = new("execution", "Threads, spinning and batches of a session, turn by turn.") { size, filters, images, chunk, folder };
execution.SetAction(parsed => ExecutionBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(images), parsed.GetValue(chunk)));

Command many = new("threads", "Many translations on several threads: the same pictures, and flat memory.") { size, filters, images, threads, spinning, folder };
many.SetAction(parsed => ThreadsBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(images), parsed.GetValue(threads),
    parsed.GetValue(spinning)));

Command tiles = new("tiles", "The memory that one large image takes in tiles.") { size, filters, width, height, folder };
tiles.SetAction(parsed => TilesBenchmark.Run(
    new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters)), parsed.GetValue(width), parsed.GetValue(height)));

Option<NormStatistics> statistics = new("--statistics") { Description = "What the model normalizes by." };
Option<int> pairs = new("--pairs") { Description = "Drawn towns to learn from.", DefaultValueFactory = _ => 120 };
Option<int> epochs = new("--epochs") { Description = "Passes over them.", DefaultValueFactory = _ => 20 };
Command seams = new("seams", "Whether tiles show in the aerial of a large town: trains a model, measures, and writes tiles.png.")
{
    size, filters, statistics, pairs, epochs, width, height, folder,
};
seams.SetAction(parsed => SeamsBenchmark.Run(
    TownModel.Zip(
        parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters), parsed.GetValue(statistics), parsed.GetValue(pairs),
        parsed.GetValue(epochs)),
    parsed.GetValue(width), parsed.GetValue(height), parsed.GetValue(folder)!));

Command load = new("load", "The memory that opening a saved model takes.") { size, filters, folder };
load.SetAction(parsed => LoadBenchmark.Run(new Model(parsed.GetValue(folder)!, parsed.GetValue(size), parsed.GetValue(filters))));

Argument<string[]> files = new("files") { Description = "ONNX files, the one to compare with first.", Arity = ArgumentArity.OneOrMore };
Command graphs = new("graphs", "Several ONNX files, turn by turn: benchmarks/onnx/forms.py writes them.") { files, size, images, chunk };
graphs.SetAction(parsed => GraphsBenchmark.Run(parsed.GetValue(files)!, parsed.GetValue(size), parsed.GetValue(images), parsed.GetValue(chunk)));

return new RootCommand("Measures translation.") { column, execution, many, tiles, seams, load, graphs }.Parse(args).Invoke();
