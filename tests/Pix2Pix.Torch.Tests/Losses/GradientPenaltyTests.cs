using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class GradientPenaltyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_SmallDiscriminator_GivesTheReferencesPenaltyAndItsGradients(int place)
    {
        using var scope = NewDisposeScope();
        var reference = new PenaltyReference(place);
        using var discriminator = reference.Discriminator();
        var (input, target, fake) = (reference.Images("input"), reference.Images("target"), reference.Images("fake"));
        var ops = new TrainingOps(dropoutSeed: 0);

        var penalty = GradientPenalty.Of(
            image =>
            {
                Tensor[][] whole = discriminator.Apply(ops, input, image).Scales;
                return new DiscriminatorOutput(reference.Scales == 1
                    ? whole
                    : [.. whole, .. discriminator.Apply(ops, Halved(input), Halved(image)).Scales]);
            },
            target,
            fake,
            reference.Shares());
        penalty.backward();

        Tensors.AssertClose(reference.Penalty, penalty.item<double>(), ReferenceTensors.Tolerance, "penalty");
        foreach (var ((name, stored), parameter) in reference.Gradients.Zip(discriminator.parameters()))
        {
            using var gradient = parameter.grad is { } g ? g.clone() : zeros_like(parameter); // none reaches the last bias
            ReferenceTensors.AssertClose(stored, gradient, name);
        }
    }

    /// <summary>D(image) = sum of w * image, the mean over two equal patches: its gradient is w at any point.</summary>
    [Fact]
    public void Of_LinearDiscriminator_MatchesTheClosedForm()
    {
        using var scope = NewDisposeScope();
        var weights = tensor([3.0, 4.0]).reshape(1, 2, 1, 1).requires_grad_();
        var (target, fake) = (rand(3, 2, 1, 1, dtype: ScalarType.Float64), rand(3, 2, 1, 1, dtype: ScalarType.Float64));

        var penalty = GradientPenalty.Of(
            image => Logits.Of((image * weights).sum(1, keepdim: true).expand(3, 1, 2, 1)), target, fake, GradientPenalty.Shares(target, 1));
        penalty.backward();

        Assert.Equal(16, penalty.item<double>(), 1e-12); // (5 - 1)^2
        Assert.Equal([4.8, 6.4], Tensors.Doubles(weights.grad!).Select(g => Math.Round(g, 12))); // 2 (5 - 1) w / 5
    }

    /// <summary>D is half the sum of squares, whose gradient at a point is the point itself, so the penalty reveals the point.</summary>
    [Fact]
    public void Of_SquareDiscriminator_InterpolatesByTheShare()
    {
        using var scope = NewDisposeScope();
        var (target, fake) = (full([2, 1, 1, 1], 9.0), full([2, 1, 1, 1], 1.0));
        var shares = tensor([0.25, 1.0]).reshape(2, 1, 1, 1);

        var penalty = GradientPenalty.Of(image => Logits.Of(image.square().mul(0.5)), target, fake, shares);

        Assert.Equal(((2 * 2) + (8 * 8)) / 2.0, penalty.item<double>(), 1e-12); // points 3 and 9
    }

    [Fact]
    public void Of_ConstantDiscriminator_IsOneWithFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var weight = zeros(1).requires_grad_();

        var penalty = GradientPenalty.Of(image => Logits.Of(image * weight), ones(2, 1, 2, 2), zeros(2, 1, 2, 2), ones(2, 1, 1, 1));
        penalty.backward();

        Assert.Equal(1, penalty.item<float>());
        Assert.True(float.IsFinite(weight.grad!.item<float>()));
    }

    [Fact]
    public void Shares_AnySeed_AreDrawnForEachImageSeparately()
    {
        using var scope = NewDisposeScope();
        var images = zeros(200, 1, 1, 1);
        var shares = Tensors.Floats(GradientPenalty.Shares(images, seed: 5));
        Assert.Equal(shares, Tensors.Floats(GradientPenalty.Shares(images, seed: 5)));
        Assert.NotEqual(shares, Tensors.Floats(GradientPenalty.Shares(images, seed: 6)));
        Assert.All(shares, s => Assert.InRange(s, 0, 1));
        Assert.InRange(shares.Average(), 0.4, 0.6);
        Assert.Equal(200, shares.Distinct().Count());
    }

    private static Tensor Halved(Tensor x) => nn.functional.avg_pool2d(x, 2);
}
