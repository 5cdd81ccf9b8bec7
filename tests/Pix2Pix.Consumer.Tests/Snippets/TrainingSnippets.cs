using Microsoft.ML;
using Pix2Pix;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/training.md. The code between two marks is a block there.</summary>
internal static class TrainingSnippets
{
    public static Pix2PixOptions WatchedAndKept()
    {
        // <snippet>
        var options = new Pix2PixOptions
        {
            Generator = new() { Width = 128, Height = 128, Filters = 32 },
            Training = new() { Epochs = 40, BatchSize = 4 },
            ValidationFraction = 0.1,
            Checkpoints = new() { Folder = "run/checkpoints", Every = TimeSpan.FromMinutes(10) },
            Report = new() { Folder = "run/report" },
        };
        // </snippet>
        return options;
    }

    public static Pix2PixEstimator StoppedByKey(MLContext mlContext, Pix2PixOptions options)
    {
        // <snippet>
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        options = options with { StopTraining = stop.Token };
        // </snippet>
        return mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options);
    }

    public static Pix2PixOptions Smaller(Pix2PixOptions options)
    {
        // <snippet>
        options = options with { Generator = options.Generator with { Width = 128, Height = 128, Filters = 32 } };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions Validated(Pix2PixOptions options, IDataView heldOut)
    {
        // <snippet>
        options = options with
        {
            ValidationSet = heldOut,
            Validation = new() { Metric = ValidationMetric.Ssim, Patience = 10 },
        };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions WithoutCheckerboard(Pix2PixOptions options)
    {
        // <snippet>
        options = options with { Generator = options.Generator with { Upsampling = Upsampling.ResizeConvolution } };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions Small(Pix2PixOptions options)
    {
        // <snippet>
        options = options with
        {
            Training = options.Training with
            {
                Augmentation = new() { MaxScale = 1.3, InputColorJitter = 0.2 },
                DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation,
            },
        };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions Labels(Pix2PixOptions options)
    {
        // <snippet>
        options = options with
        {
            Training = options.Training with { Preprocessing = new() { TargetKernel = ResizeKernel.Nearest } },
        };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions Colorization(Pix2PixOptions options)
    {
        // <snippet>
        options = options with
        {
            Generator = options.Generator with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma },
        };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions Hinge(Pix2PixOptions options)
    {
        // <snippet>
        options = options with
        {
            Discriminator = options.Discriminator with { Scales = 2 },
            Training = options.Training with
            {
                Losses = new()
                {
                    Adversarial = AdversarialKind.LeastSquares,
                    AdversarialWeight = 2,
                    FeatureMatchingWeight = 10,
                    L1Weight = 10,
                },
            },
        };
        // </snippet>
        return options;
    }
}
