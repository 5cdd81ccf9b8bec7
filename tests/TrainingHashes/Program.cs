// Runs five small trainings and prints the SHA-256 of the trained weights, of the exported ONNX file and of the validation scores.
// A refactoring must not change a line: tests/training-hashes.sh compares two versions of the source on the same machine.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Export;

var generator = new GeneratorOptions { Width = 64, Height = 64, Filters = 8 };
var discriminator = new DiscriminatorOptions { Filters = 8 };
var training = new TrainingOptions { Epochs = 2, BatchSize = 2, Seed = 7, Threads = 1 };

Print("unet-batch-vanilla", generator, discriminator, training);
Print(
    "resnet-instance-least-squares",
    generator with { Kind = GeneratorKind.ResNet, ResidualBlocks = 2, Norm = NormKind.Instance },
    discriminator with { Norm = NormKind.Instance },
    training with { Losses = new() { Adversarial = AdversarialKind.LeastSquares } });
Print(
    "hinge-feature-matching-two-scales",
    generator,
    discriminator with { Scales = 2 },
    training with { Losses = new() { Adversarial = AdversarialKind.Hinge, FeatureMatchingWeight = 10 } });
Print(
    "wasserstein-average-pool",
    generator,
    discriminator with { Norm = NormKind.Instance },
    training with
    {
        Losses = new() { Adversarial = AdversarialKind.WassersteinGradientPenalty },
        AverageDecay = 0.99,
        ImagePool = 4,
        DiscriminatorAugmentation =
            DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout,
    });
Print("rgba-resumed", generator with { Input = ImageChannels.Rgba, Output = ImageChannels.Rgba }, discriminator, training, resumes: true);

static void Print(
    string name, GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, bool resumes = false)
{
    using var trainer = new Pix2PixTrainer(generator, discriminator, training);
    var summary = resumes ? TrainTwice(generator, discriminator, training, trainer) : trainer.Train(Pairs(generator, training), Run(generator, training));
    using var weights = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var tensor in trainer.Generator.parameters().Concat(trainer.Generator.buffers()))
    {
        using var values = tensor.detach();
        weights.AppendData(values.bytes);
    }

    using var model = new MemoryStream();
    GeneratorExporter.Write(trainer.Generator, new() { Statistics = summary.Statistics }, model);
    var scores = string.Join('\n', summary.Validations.Select(v => string.Create(
        CultureInfo.InvariantCulture, $"{v.Epoch} {v.Scores.L1:R} {v.Scores.Psnr:R} {v.Scores.Ssim:R} {v.Statistics} {v.IsBest}")));
    Console.WriteLine(
        $"{name} weights {Short(weights.GetHashAndReset())} onnx {Short(SHA256.HashData(model.ToArray()))} " +
        $"scores {Short(SHA256.HashData(Encoding.UTF8.GetBytes(scores)))}");
}

// Stops after the third step, in the middle of an epoch, and resumes from the checkpoint with a trainer of its own.
static TrainingSummary TrainTwice(
    GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, Pix2PixTrainer trainer)
{
    var folder = Directory.CreateTempSubdirectory("pix2pix-hashes-");
    try
    {
        var run = Run(generator, training) with { Checkpoints = new() { Folder = folder.FullName } };
        using var stop = new CancellationTokenSource();
        using (var first = new Pix2PixTrainer(generator, discriminator, training))
            first.Train(Pairs(generator, training), run with { StopTraining = stop.Token, Progress = new StopAfter(3, stop) });
        return trainer.Train(Pairs(generator, training), run);
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}

static TrainingRun Run(GeneratorOptions generator, TrainingOptions training)
{
    var validation = ImagePairs.ForValidation(generator, training);
    for (var i = 0; i < 2; i++)
        validation.Add(Picture(generator.InputChannels, 50 + i, 64), Picture(generator.OutputChannels, 60 + i, 64));
    return new() { ValidationSet = validation };
}

static ImagePairs Pairs(GeneratorOptions generator, TrainingOptions training)
{
    var pairs = new ImagePairs(generator, training);
    for (var i = 0; i < 9; i++)
        pairs.Add(Picture(generator.InputChannels, i, 72), Picture(generator.OutputChannels, 100 + i, 72));
    return pairs;
}

// A gradient with noise on it.
static PixelImage Picture(int channels, int seed, int side)
{
    var image = new PixelImage(side, side, new byte[side * side * channels], channels);
    var random = new Random(seed);
    for (var i = 0; i < image.Pixels.Length; i++)
        image.Pixels[i] = (byte)(((i / channels % side * 2) + (seed * 31) + random.Next(64)) & 255);
    return image;
}

static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..16];

internal sealed class StopAfter(long step, CancellationTokenSource stop) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Step == step)
            stop.Cancel();
    }
}
