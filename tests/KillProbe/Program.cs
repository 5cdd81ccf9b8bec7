// A training that tests kill: a small run with dropout, crops and batches of two sizes that writes a checkpoint after each step.
// Arguments: the checkpoints' folder, the generator's filters, the epochs of five steps each.
// Prints each completed step, and at the end a hash of the trained state: the generator and the tensors of the last checkpoint, which
// are both networks and the moments of both optimizers.
using System.Globalization;
using System.Security.Cryptography;
using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;

var (folder, filters, epochs) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
var generator = new GeneratorOptions { Width = 64, Height = 64, Filters = filters };
var training = new TrainingOptions { Epochs = epochs, BatchSize = 2, Seed = 7 };
var pairs = new ImagePairs(generator, training);
for (var i = 0; i < 9; i++)
    pairs.Add(Noise(seed: i), Noise(seed: 1000 + i));

using var trainer = new Pix2PixTrainer(generator, new() { Filters = filters }, training);
trainer.Train(pairs, new()
{
    Progress = new Printer<TrainingProgress>(p => $"step={p.Step}"),
    CheckpointProgress = new Printer<CheckpointReport>(report => $"{report}"),
    Checkpoints = new() { Folder = folder, Every = TimeSpan.FromTicks(1) },
});
Console.WriteLine($"hash={Hash(trainer.Generator, Directory.GetFiles(folder, "checkpoint-*.safetensors").Max()!)}");

static PixelImage Noise(int seed)
{
    var image = new PixelImage(72, 72);
    new Random(seed).NextBytes(image.Pixels);
    return image;
}

static string Hash(Generator generator, string checkpoint)
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var tensor in generator.parameters().Concat(generator.buffers()))
        hash.AppendData(tensor.detach().bytes);
    var file = File.ReadAllBytes(checkpoint);
    hash.AppendData(file.AsSpan(8 + (int)BitConverter.ToInt64(file)));
    return Convert.ToHexStringLower(hash.GetHashAndReset());
}

internal sealed class Printer<T>(Func<T, string> text) : IProgress<T>
{
    public void Report(T value) => Console.WriteLine(text(value));
}
