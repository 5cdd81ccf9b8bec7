using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>
/// Steps with losses other than the paper's: which networks are updated, what is reported and drawn, and what stays in memory.
/// </summary>
[Collection(TorchCollection.Name)]
public class TrainerLossTests
{
    /// <summary>All features of a step at once.</summary>
    private static readonly TrainingOptions Everything = TinyTraining.Options with
    {
        Losses = new()
        {
            Adversarial = AdversarialKind.WassersteinGradientPenalty,
            L2Weight = 10,
            FeatureMatchingWeight = 10,
        },
        DiscriminatorAugmentation
            = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout,
        ImagePool = 3,
    };

    public static TheoryData<AdversarialKind> Kinds => [.. Enum.GetValues<AdversarialKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_AnyAdversarialLoss_UpdatesBothNetworksAndLeavesNoGradient(AdversarialKind kind)
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(TinyTraining.Options with { Losses = new() { Adversarial = kind } });
        var (generator, discriminator) = (Weights(trainer.Generator), Weights(trainer.Discriminator));

        var losses = Step(trainer);

        Assert.True(losses.AreFinite);
        Assert.Equal(kind == AdversarialKind.WassersteinGradientPenalty, losses.GradientPenalty > 0);
        Assert.NotEqual(generator, Weights(trainer.Generator));
        Assert.NotEqual(discriminator, Weights(trainer.Discriminator));
        AssertNoGradient(trainer);
    }

    [Fact]
    public void Step_EverythingOn_ReportsAllPartsAndLeavesNoGradient()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything);
        var losses = Step(trainer);
        Assert.True(losses.AreFinite);
        Assert.All(
            [losses.Discriminator, losses.GradientPenalty, losses.Adversarial, losses.FeatureMatching, losses.L1, losses.L2],
            loss => Assert.NotEqual(0, loss));
        AssertNoGradient(trainer);
    }

    [Fact]
    public void Step_NoAdversarialLoss_LeavesTheDiscriminatorUntouched()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(TinyTraining.Options with { Losses = new() { AdversarialWeight = 0, L2Weight = 1 } }, NormKind.Batch);
        var (generator, discriminator) = (Weights(trainer.Generator), State(trainer.Discriminator));

        var losses = Step(trainer);

        Assert.NotEqual(generator, Weights(trainer.Generator));
        Assert.Equal(discriminator, State(trainer.Discriminator)); // including the running statistics: the discriminator did not run
        Assert.Equal(0, trainer.DiscriminatorAdam.Steps);
        Assert.Equal((0, 0, 0, 0), (losses.Discriminator, losses.GradientPenalty, losses.Adversarial, losses.FeatureMatching));
        AssertNoGradient(trainer);
    }

    [Fact]
    public void Step_WeightsOfZero_LeaveTheirPartsOut()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(TinyTraining.Options with { Losses = new() { L1Weight = 0 } });
        var losses = Step(trainer);
        Assert.Equal((0, 0, 0, 0), (losses.L1, losses.L2, losses.FeatureMatching, losses.GradientPenalty));
    }

    /// <summary>With a learning rate of zero, the discriminator does not change, so its losses can be recomputed.</summary>
    [Fact]
    public void Step_RateZero_ReportsUnweightedLossesOfTheCurrentNetworks()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything with { DiscriminatorAugmentation = DiscriminatorAugmentation.None });
        var (input, target) = Batch();
        var ops = new TrainingOps(dropoutSeed: 0);
        var fake = trainer.Generator.Apply(ops, input).detach();
        DiscriminatorOutput Discriminate(Tensor image) => trainer.Discriminator.Apply(ops, input, image);

        var losses = trainer.StepAndRead(input, target, learningRate: 0);

        var shares = GradientPenalty.Shares(target, Seeds.Derive(7, Seeds.Stream.GradientPenalty, 1));
        AssertSame(Discriminate(fake).Logits.Single().mean() - Discriminate(target).Logits.Single().mean(), losses.Discriminator);
        AssertSame(-Discriminate(fake).Logits.Single().mean(), losses.Adversarial);
        AssertSame(GradientPenalty.Of(Discriminate, target, fake, shares), losses.GradientPenalty);
        AssertSame(FeatureMatching.Of(Discriminate, target, Discriminate(fake)), losses.FeatureMatching);
        AssertSame((fake - target).abs().mean(), losses.L1);
        AssertSame((fake - target).square().mean(), losses.L2);
    }

    /// <summary>
    /// If the translation equals the target, the features match, because both are augmented with the same draw.
    /// </summary>
    [Fact]
    public void Step_TargetIsTheTranslation_MatchesItsFeatures()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything);
        var (input, _) = Batch();
        var target = trainer.Generator.Apply(new TrainingOps(dropoutSeed: 0), input).detach();

        var losses = trainer.StepAndRead(input, target, learningRate: 0.01);

        Assert.Equal((0, 0, 0), (losses.FeatureMatching, losses.L1, losses.L2));
        Assert.NotEqual(0, losses.Discriminator); // target and translation were augmented differently
    }

    [Fact]
    public void Step_EverythingOnAtRateZero_DrawsAgainInEachStep()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything);
        var (input, target) = Batch();
        var (first, second) = (trainer.StepAndRead(input, target, learningRate: 0), trainer.StepAndRead(input, target, learningRate: 0));
        Assert.NotEqual(first.Discriminator, second.Discriminator);
        Assert.NotEqual(first.GradientPenalty, second.GradientPenalty);
        Assert.NotEqual(first.Adversarial, second.Adversarial);
        Assert.Equal(first.L1, second.L1);
    }

    /// <summary>
    /// Whenever the pool stores this step's translation, the discriminator receives the one that it replaces, with its input.
    /// </summary>
    [Fact]
    public void Step_Pool_ShowsTheDiscriminatorWhatThePoolReturns()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(TinyTraining.Options with { ImagePool = 1 });
        var earlierOnes = 0;
        for (var step = 1; step <= 12; step++)
        {
            var (input, target) = (Tensors.Random(step, 1, 3, 32, 32), Tensors.Random(-step, 1, 3, 32, 32));
            var fake = trainer.Generator.Apply(new TrainingOps(dropoutSeed: 0), input).detach();
            var before = trainer.Pool.Pairs.Select(p => (p.Input.clone(), p.Image.clone())).SingleOrDefault((input, fake));

            var losses = trainer.StepAndRead(input, target, learningRate: 0);

            var (keptInput, kept) = trainer.Pool.Pairs.Single();
            Assert.Equal([1, 3, 32, 32], kept.shape);
            Assert.False(kept.requires_grad);
            var taken = Tensors.Floats(keptInput).SequenceEqual(Tensors.Floats(input));
            var (shownInput, shown) = taken ? before : (input, fake);
            earlierOnes += taken && step > 1 ? 1 : 0;
            DiscriminatorOutput Discriminate(Tensor given, Tensor image) => trainer.Discriminator.Apply(new TrainingOps(dropoutSeed: 0), given, image);
            AssertSame(Logits.Loss(AdversarialKind.Vanilla).Discriminator(Discriminate(input, target), Discriminate(shownInput, shown)), losses.Discriminator);
            AssertSame(Logits.Loss(AdversarialKind.Vanilla).Generator(Discriminate(input, fake)), losses.Adversarial);
        }

        Assert.InRange(earlierOnes, 2, 10);
    }

    [Fact]
    public void Train_EverythingOnSameSeed_GivesSameBits()
    {
        float[] Trained()
        {
            using var trainer = Trainer(Everything with { Epochs = 4 });
            trainer.Train(TinyTraining.Pairs(3));
            return TinyTraining.Weights(trainer);
        }

        Assert.Equal(Trained(), Trained());
    }

    [Fact]
    public void Train_ManyStepsWithEverythingOn_KeepsTheNumberOfTensors()
    {
        using var trainer = Trainer(Everything with { Epochs = 220, BatchSize = 1 });
        var living = new List<long>();

        trainer.Train(TinyTraining.Pairs(1), new() { Progress = new ProgressList(_ => living.Add(Tensor.TotalCount)) });

        Assert.Equal(220, living.Count);
        Assert.InRange(living[20..].Max(), 0, living[19]); // fewer if the garbage collector frees some of the constructor's
    }

    private static Pix2PixTrainer Trainer(TrainingOptions options, NormKind norm = NormKind.Instance)
        => new(TinyTraining.Generator, TinyTraining.Discriminator with { Norm = norm }, options);

    private static (Tensor Input, Tensor Target) Batch() => (Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32));

    private static StepLosses Step(Pix2PixTrainer trainer)
    {
        var (input, target) = Batch();
        return trainer.StepAndRead(input, target, learningRate: 0.01);
    }

    private static float[] Weights(nn.Module network) => [.. network.parameters().SelectMany(Tensors.Floats)];

    private static float[] State(nn.Module network) => [.. network.state_dict().Values.SelectMany(Tensors.Floats)];

    private static void AssertNoGradient(Pix2PixTrainer trainer)
    {
        Assert.All(trainer.Discriminator.parameters(), p => Assert.False(p.requires_grad));
        Assert.All(
            trainer.Discriminator.parameters().Concat(trainer.Generator.parameters()),
            p => Assert.All(Tensors.Floats(p.grad!), g => Assert.Equal(0, g)));
    }

    private static void AssertSame(Tensor expected, double actual) => Tensors.AssertClose(expected.item<float>(), actual, 1e-5, "loss");
}
