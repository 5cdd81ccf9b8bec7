using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Validations for tests, and scores computed independently.</summary>
internal static class TestValidations
{
    public static ValidationCallback Run(Pix2PixTrainer trainer, TrainingRun run)
        => new(new TrainingContext(trainer, TinyTraining.Pairs(1), run), LearningRateSchedule.Create(trainer.Options, steps: 8));

    public static ImagePairs Pairs(int count)
    {
        var pairs = ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options);
        for (var i = 0; i < count; i++)
            pairs.Add(TestImages.Random(32, 32, seed: 50 + i), TestImages.Random(32, 32, seed: 60 + i));
        return pairs;
    }

    /// <summary>Pairs whose targets equal the current generator's translations.</summary>
    public static ImagePairs Translations(Pix2PixTrainer trainer, InferenceOptions inference)
    {
        var options = trainer.Generator.Options;
        var pairs = ImagePairs.ForValidation(options, trainer.Options);
        for (var i = 0; i < 3; i++)
        {
            var input = TestImages.Random(options.Width, options.Height, seed: 70 + i);
            pairs.Add(input, Translate(trainer, input, inference));
        }

        return pairs;
    }

    public static ImageScores ScoreByHand(Pix2PixTrainer trainer, ImagePairs pairs, InferenceOptions inference)
    {
        var mean = new MeanImageScores();
        for (var i = 0; i < pairs.Count; i++)
            mean.Add(Translate(trainer, pairs[i].Input, inference), pairs[i].Target);
        return mean.Mean;
    }

    /// <summary>Draws running statistics that differ from those of any image, and weights whose output is not uniformly gray.</summary>
    public static void Randomize(nn.Module generator)
    {
        using var noGradient = no_grad();
        using var random = new TorchSharp.torch.Generator(3);
        foreach (var (name, tensor) in generator.state_dict())
        {
            if (name.EndsWith("running_mean"))
                tensor.uniform_(-0.5, 0.5, random);
            else if (!name.EndsWith("running_var") && !name.EndsWith("norm.weight"))
                tensor.uniform_(-0.3, 0.3, random);
        }
    }

    /// <summary>Makes the output white, which is as wrong as possible.</summary>
    public static void SpoilOutput(nn.Module generator)
    {
        using var noGradient = no_grad();
        generator.parameters().Last().fill_(50);
    }

    public static float[] Floats(NetworkState state) => [.. state.Tensors.SelectMany(Tensors.Floats)];

    private static PixelImage Translate(Pix2PixTrainer trainer, PixelImage image, InferenceOptions inference)
    {
        using var scope = NewDisposeScope();
        var (width, height) = (image.Width, image.Height);
        float[] values = [.. image.Pixels.Select(level => (level / 127.5f) - 1)];
        var input = tensor(values, [1, height, width, 3]).permute(0, 3, 1, 2).contiguous();
        var output = trainer.Generator.Translate(input, inference).permute(0, 2, 3, 1).contiguous();
        byte[] bytes = [.. Tensors.Floats(output).Select(value => (byte)Math.Clamp(MathF.Round((value + 1) * 127.5f), 0, 255))];
        return new PixelImage(width, height, bytes);
    }
}
