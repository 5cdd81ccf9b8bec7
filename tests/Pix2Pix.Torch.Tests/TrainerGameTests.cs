using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Steps of other losses than the paper's: who is trained, what is reported, what is drawn, and what stays in memory.</summary>
[Collection(TorchCollection.Name)]
public class TrainerGameTests
{
    /// <summary>All that a step can do, at once.</summary>
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
    public void Step_AnyGame_MovesBothNetworksAndLeavesNoGradient(AdversarialKind kind)
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
    public void Step_NoGame_LeavesTheDiscriminatorUntouched()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(TinyTraining.Options with { Losses = new() { AdversarialWeight = 0, L2Weight = 1 } }, NormKind.Batch);
        var (generator, discriminator) = (Weights(trainer.Generator), State(trainer.Discriminator));

        var losses = Step(trainer);

        Assert.NotEqual(generator, Weights(trainer.Generator));
        Assert.Equal(discriminator, State(trainer.Discriminator)); // with the running statistics: it was not even asked
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

    /// <summary>At a rate of zero the discriminator that judges is the one at hand, so its losses can be computed once more.</summary>
    [Fact]
    public void Step_RateZero_ReportsUnweightedLossesOfTheNetworksAtHand()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything with { DiscriminatorAugmentation = DiscriminatorAugmentation.None });
        var (input, target) = Batch();
        var ops = new TrainingOps(dropoutSeed: 0);
        var fake = trainer.Generator.Apply(ops, input).detach();
        DiscriminatorOutput Judge(Tensor image) => trainer.Discriminator.Apply(ops, input, image);

        var losses = trainer.Learn(input, target, learningRate: 0);

        var shares = GradientPenalty.Shares(target, Seeds.Derive(7, Seeds.Stream.GradientPenalty, 1));
        AssertSame(Judge(fake).Logits.Single().mean() - Judge(target).Logits.Single().mean(), losses.Discriminator);
        AssertSame(-Judge(fake).Logits.Single().mean(), losses.Adversarial);
        AssertSame(GradientPenalty.Of(Judge, target, fake, shares), losses.GradientPenalty);
        AssertSame(FeatureMatching.Of(Judge, target, Judge(fake)), losses.FeatureMatching);
        AssertSame((fake - target).abs().mean(), losses.L1);
        AssertSame((fake - target).square().mean(), losses.L2);
    }

    /// <summary>
    /// A generator that gives the target: its features match, since the discriminator sees both through one draw of the augmentation.
    /// </summary>
    [Fact]
    public void Step_TargetIsTheTranslation_MatchesItsFeatures()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything);
        var (input, _) = Batch();
        var target = trainer.Generator.Apply(new TrainingOps(dropoutSeed: 0), input).detach();

        var losses = trainer.Learn(input, target, learningRate: 0.01);

        Assert.Equal((0, 0, 0), (losses.FeatureMatching, losses.L1, losses.L2));
        Assert.NotEqual(0, losses.Discriminator); // target and translation were augmented differently
    }

    [Fact]
    public void Step_EverythingOnAtRateZero_DrawsAnewEachStep()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(Everything);
        var (input, target) = Batch();
        var (first, second) = (trainer.Learn(input, target, learningRate: 0), trainer.Learn(input, target, learningRate: 0));
        Assert.NotEqual(first.Discriminator, second.Discriminator);
        Assert.NotEqual(first.GradientPenalty, second.GradientPenalty);
        Assert.NotEqual(first.Adversarial, second.Adversarial);
        Assert.Equal(first.L1, second.L1);
    }

    /// <summary>
    /// Whenever the pool takes up this step's translation, the discriminator was shown the one that left, with its input.
    /// </summary>
    [Fact]
    public void Step_Pool_ShowsTheDiscriminatorWhatThePoolGivesBack()
    {
        using var scope = NewDisposeScope();
        using var trainer = Trainer(TinyTraining.Options with { ImagePool = 1 });
        var earlierOnes = 0;
        for (var step = 1; step <= 12; step++)
        {
            var (input, target) = (Tensors.Random(step, 1, 3, 32, 32), Tensors.Random(-step, 1, 3, 32, 32));
            var fake = trainer.Generator.Apply(new TrainingOps(dropoutSeed: 0), input).detach();
            var before = trainer.Pool.Pairs.Select(p => (p.Input.clone(), p.Image.clone())).SingleOrDefault((input, fake));

            var losses = trainer.Learn(input, target, learningRate: 0);

            var (keptInput, kept) = trainer.Pool.Pairs.Single();
            Assert.Equal([1, 3, 32, 32], kept.shape);
            Assert.False(kept.requires_grad);
            var taken = Tensors.Floats(keptInput).SequenceEqual(Tensors.Floats(input));
            var (shownInput, shown) = taken ? before : (input, fake);
            earlierOnes += taken && step > 1 ? 1 : 0;
            DiscriminatorOutput Judge(Tensor given, Tensor image) => trainer.Discriminator.Apply(new TrainingOps(dropoutSeed: 0), given, image);
            AssertSame(Logits.Game(AdversarialKind.Vanilla).Discriminator(Judge(input, target), Judge(shownInput, shown)), losses.Discriminator);
            AssertSame(Logits.Game(AdversarialKind.Vanilla).Generator(Judge(input, fake)), losses.Adversarial);
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
        Assert.InRange(living[20..].Max(), 0, living[19]); // fewer where the garbage collector finds some of the constructor's
    }

    private static Pix2PixTrainer Trainer(TrainingOptions options, NormKind norm = NormKind.Instance)
        => new(TinyTraining.Generator, TinyTraining.Discriminator with { Norm = norm }, options);

    private static (Tensor Input, Tensor Target) Batch() => (Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32));

    private static StepLosses Step(Pix2PixTrainer trainer)
    {
        var (input, target) = Batch();
        return trainer.Learn(input, target, learningRate: 0.01);
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
