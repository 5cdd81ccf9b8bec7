using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

[Collection(TorchCollection.Name)]
public class Pix2PixTrainerTests
{
    /// <summary>Four unrelated pairs, so that the network can fit them only by memorizing them.</summary>
    [Fact]
    public void Train_FourPairs_Overfits()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32, Filters = 8 };
        var options = new TrainingOptions { Epochs = 100, LearningRate = 0.002, Augmentation = new() { LoadScale = 1, Mirror = false }, Seed = 1 };
        var pairs = new ImagePairs(generator, options);
        for (var i = 0; i < 4; i++)
            pairs.Add(Blocks(seed: i), Blocks(seed: 100 + i));
        using var trainer = new Pix2PixTrainer(generator, new() { Filters = 4 }, options);
        var progress = new ProgressList();

        trainer.Train(pairs, new() { Progress = progress });

        var l1 = progress.Reports.Select(r => r.Losses.L1).ToList();
        Assert.InRange(l1[..4].Average(), 0.4, 1);
        Assert.InRange(l1[^4..].Average(), 0, 0.12);
    }

    [Fact]
    public void Train_SameSeedAndThreads_GivesSameBits()
    {
        Assert.Equal(Trained(seed: 7, threads: 2), Trained(seed: 7, threads: 2));
        Assert.Equal(Trained(seed: 7, threads: 1), Trained(seed: 7, threads: 1));
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherWeights() => Assert.NotEqual(Trained(seed: 7, threads: 1), Trained(seed: 8, threads: 1));

    [Fact]
    public void Train_NoSeed_IsSeedOne() => Assert.Equal(Trained(seed: null, threads: 1), Trained(seed: 1, threads: 1));

    [Fact]
    public void Train_Threads_AreSetAndReported()
    {
        using var restored = new ThreadCount(2);
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Threads = 1 });
        Assert.Equal(1, get_num_threads());
        Assert.Equal(1, trainer.Train(TinyTraining.Pairs(1)).Threads);
    }

    [Fact]
    public void Train_NoPairs_ReportsIt()
    {
        using var trainer = TinyTraining.Trainer();
        var error = Assert.Throws<ArgumentException>(() => trainer.Train(TinyTraining.Pairs(0)));
        Assert.Equal("The training set is empty; expected at least one pair. (Parameter 'pairs')", error.Message);
    }

    [Fact]
    public void Train_PairsOfOtherOptions_ReportsWhatIsExpected()
    {
        using var trainer = TinyTraining.Trainer();
        var pairs = TinyTraining.Pairs(1, generator: TinyTraining.Generator with { Width = 64 });
        var error = Assert.Throws<ArgumentException>(() => trainer.Train(pairs));
        Assert.Equal(
            """
            The training pairs were prepared with options other than the trainer's.
              Prepared with: PairPreparation { Width = 64, Height = 32, LoadWidth = 72, LoadHeight = 36, Input = Rgb, Target = Rgb, Options = PreprocessingOptions { Mode = ResizeAndCrop, InputKernel = Cubic, TargetKernel = Cubic } }
              Expected: PairPreparation { Width = 32, Height = 32, LoadWidth = 36, LoadHeight = 36, Input = Rgb, Target = Rgb, Options = PreprocessingOptions { Mode = ResizeAndCrop, InputKernel = Cubic, TargetKernel = Cubic } }
            Create the ImagePairs with the options of the trainer, and validation pairs with ImagePairs.ForValidation. (Parameter 'pairs')
            """,
            error.Message);
    }

    [Fact]
    public void Constructor_MissingGpu_ReportsHowManyThereAre()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => new Pix2PixTrainer(TinyTraining.Generator, TinyTraining.Discriminator, TinyTraining.Options, gpuDeviceId: 99));
        Assert.Equal(
            $"CUDA device 99 was requested, but libtorch found {cuda.device_count()} CUDA devices. Reference "
            + "Pix2Pix.Runtime.Cuda.linux-x64 or Pix2Pix.Runtime.Cuda.win-x64, set PIX2PIX_LIBTORCH to a libtorch with CUDA, or train on "
            + "the CPU.",
            error.Message);
    }

    private static float[] Trained(int? seed, int threads)
    {
        using var restored = new ThreadCount(get_num_threads());
        var generator = new GeneratorOptions { Width = 64, Height = 64, Filters = 4 }; // with dropout
        var options = new TrainingOptions { Epochs = 2, BatchSize = 2, Seed = seed, Threads = threads };
        using var trainer = TinyTraining.Trainer(options, generator);
        trainer.Train(TinyTraining.Pairs(4, options, generator));
        return TinyTraining.Weights(trainer);
    }

    /// <summary>16 squares of random colors.</summary>
    private static PixelImage Blocks(int seed)
        => ImageResizer.Resize(TestImages.Random(4, 4, seed), 32, 32, ResizeKernel.Nearest);
}
