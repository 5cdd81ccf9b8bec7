using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests;

/// <summary>
/// Compares two complete training steps with PyTorch in float64: losses, images, logits, gradients, weights and running statistics.
/// </summary>
[Collection(TorchCollection.Name)]
public class StepParityTests
{
    /// <summary>The limit for the largest absolute difference in a tensor, relative to its largest absolute value.</summary>
    private const double Tolerance = 1e-8;

    /// <summary>Gradients below this are zero except for rounding, such as those of a bias before an instance normalization.</summary>
    private const double Rounding = 1e-13;

    public static TheoryData<string> References =>
        new("step_batch_standard", "step_instance_standard", "step_none_standard", "step_batch_joined", "step_all_losses");

    [Theory]
    [MemberData(nameof(References))]
    public void Apply_DrawnWeights_GivesTheReferencesImagesAndLogits(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var reference = new StepReference(name);
        using var trainer = Trainer(reference);
        using var generator = Generator.Create(reference.Generator(), ReferenceNetworks.Float64);
        using var discriminator = new Discriminator(reference.Discriminator(), 3, 3, ReferenceNetworks.Float64);
        reference.Draw("generator", generator);
        reference.Draw("discriminator", discriminator);
        var (input, target) = (reference.Images("input"), reference.Images("target"));
        var ops = new TrainingOps(dropoutSeed: 1);
        Tensor Logits(Tensor image) => discriminator.Apply(ops, input, image).Logits.Single();

        var fake = generator.Apply(ops, input);
        AssertTensor(reference, "step1.fake", fake);
        AssertTensor(reference, "step1.real_logits", Logits(target));
        AssertTensor(reference, "step1.fake_logits", Logits(fake));

        // The generator's loss uses the discriminator after the discriminator's update.
        using (enable_grad())
            trainer.StepAndRead(input, target, reference.LearningRate);
        foreach (var (parameter, updated) in discriminator.parameters().Zip(trainer.Discriminator.parameters()))
            parameter.copy_(updated);
        AssertTensor(reference, "step1.judged_logits", Logits(fake));
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Step_Twice_GivesTheReferencesLossesAndState(string name)
    {
        using var scope = NewDisposeScope();
        var reference = new StepReference(name);
        using var trainer = Trainer(reference);
        var (input, target) = (reference.Images("input"), reference.Images("target"));

        for (var step = 1; step <= reference.Steps; step++)
        {
            var losses = trainer.StepAndRead(input, target, reference.LearningRate);
            AssertLoss("discriminator", losses.Discriminator);
            AssertLoss("gradient_penalty", losses.GradientPenalty);
            AssertLoss("generator_adversarial", losses.Adversarial);
            AssertLoss("generator_feature_matching", losses.FeatureMatching);
            AssertLoss("generator_l1", losses.L1);
            AssertLoss("generator_l2", losses.L2);

            void AssertLoss(string part, double actual)
                => Tensors.AssertClose(reference.Loss(step, part), actual, Tolerance, $"{part} {step}");
        }

        var state = ReferenceNetworks.State(trainer.Generator, "after.generator.")
            .Concat(ReferenceNetworks.State(trainer.Discriminator, "after.discriminator.")).ToDictionary();
        Assert.Equal(
            reference.TensorNames.Where(n => n.StartsWith("after.generator.") || n.StartsWith("after.discriminator.")).Order(),
            state.Keys.Order());
        Assert.All(state, pair => AssertTensor(reference, pair.Key, pair.Value));

        using var running = trainer.Generator.Translate(input, new() { Statistics = NormStatistics.Running });
        AssertTensor(reference, "after.eval_output", running);
        AssertTensor(reference, "after.train_output", trainer.Generator.Apply(new TrainingOps(dropoutSeed: 1), input));
    }

    /// <summary>A step ends with the gradients zeroed; Adam's first moment after one step is (1 - beta1) times the gradient.</summary>
    [Theory]
    [MemberData(nameof(References))]
    public void Step_Once_GivesTheReferencesGradients(string name)
    {
        using var scope = NewDisposeScope();
        var reference = new StepReference(name);
        using var trainer = Trainer(reference);

        trainer.StepAndRead(reference.Images("input"), reference.Images("target"), reference.LearningRate);

        AssertGradients(reference, "generator", trainer.Generator, trainer.GeneratorAdam);
        AssertGradients(reference, "discriminator", trainer.Discriminator, trainer.DiscriminatorAdam);
    }

    private static Pix2PixTrainer Trainer(StepReference reference)
    {
        var trainer = new Pix2PixTrainer(
            reference.Generator(), reference.Discriminator(), reference.Training(), ReferenceNetworks.Float64);
        reference.Draw("generator", trainer.Generator);
        reference.Draw("discriminator", trainer.Discriminator);
        return trainer;
    }

    private static void AssertGradients(StepReference reference, string which, nn.Module network, FlatAdam adam)
    {
        // In the flat buffers, each parameter begins at a multiple of 16 elements.
        var flat = adam.FirstMoment / (1 - reference.Betas[0]);
        var at = 0L;
        var listed = reference.Parameters(which);
        foreach (var ((name, shape), parameter) in listed.Zip(network.parameters()))
        {
            Assert.Equal(shape, parameter.shape);
            var gradient = flat.narrow(0, at, parameter.numel()).view(parameter.shape);
            AssertTensor(reference, $"step1.gradient.{which}.{name}", gradient);
            at = (at + parameter.numel() + 15) / 16 * 16;
        }

        Assert.Equal(flat.numel(), at);
    }

    private static void AssertTensor(StepReference reference, string name, Tensor actual)
    {
        var (shape, expected) = reference.Tensor(name);
        Assert.Equal(shape, actual.shape);
        var values = Tensors.Doubles(actual);
        if (expected.Max(Math.Abs) < Rounding)
            Assert.All(values, v => Assert.InRange(v, -Rounding, Rounding));
        else
            Tensors.AssertClose(expected, values, Tolerance, name);
    }
}
