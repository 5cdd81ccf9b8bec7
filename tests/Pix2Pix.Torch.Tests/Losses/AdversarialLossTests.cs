using System.Text.Json;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class AdversarialLossTests
{
    private readonly JsonElement _reference = ReferenceFile.Json("games.json").GetProperty("games");

    public static TheoryData<AdversarialKind> Kinds => [.. Enum.GetValues<AdversarialKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Discriminator_TwoScales_GivesTheReferencesLossAndGradients(AdversarialKind kind)
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (Leaves("real_logits"), Leaves("fake_logits"));

        var loss = Logits.Loss(kind).Discriminator(Logits.Of(real), Logits.Of(fake));
        loss.backward();

        var expected = _reference.GetProperty($"{kind}");
        Tensors.AssertClose(expected.GetProperty("discriminator").GetDouble(), loss.item<double>(), ReferenceTensors.Tolerance, "loss");
        AssertGradients(expected.GetProperty("discriminator_gradients"), [.. real, .. fake]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generator_TwoScales_GivesTheReferencesLossAndGradients(AdversarialKind kind)
    {
        using var scope = NewDisposeScope();
        var fake = Leaves("fake_logits");

        var loss = Logits.Loss(kind).Generator(Logits.Of(fake));
        loss.backward();

        var expected = _reference.GetProperty($"{kind}");
        Tensors.AssertClose(expected.GetProperty("generator").GetDouble(), loss.item<double>(), ReferenceTensors.Tolerance, "loss");
        AssertGradients(expected.GetProperty("generator_gradients"), fake);
    }

    /// <summary>The documented losses of an undecided discriminator, whose logits are 1/2 with least squares and 0 otherwise.</summary>
    [Theory]
    [InlineData(AdversarialKind.Vanilla, 0.0, 0.69314718055994530942, 0.69314718055994530942)]
    [InlineData(AdversarialKind.LeastSquares, 0.5, 0.25, 0.25)]
    [InlineData(AdversarialKind.Hinge, 0.0, 2, 0)]
    [InlineData(AdversarialKind.WassersteinGradientPenalty, 0.0, 0, 0)]
    public void Losses_UndecidedDiscriminator_AreThoseOfTheDocumentation(AdversarialKind kind, double says, double d, double g)
    {
        using var scope = NewDisposeScope();
        var undecided = Logits.Of(full([2, 1, 3, 3], says, ScalarType.Float64));
        Assert.Equal(d, Logits.Loss(kind).Discriminator(undecided, undecided).item<double>(), 1e-15);
        Assert.Equal(g, Logits.Loss(kind).Generator(undecided).item<double>(), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Losses_SameLogitsOnEachScale_AreThoseOfOne(AdversarialKind kind)
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (Tensors.Random(1, 2, 1, 3, 3), Tensors.Random(2, 2, 1, 3, 3));
        var loss = Logits.Loss(kind);
        Assert.Equal(
            loss.Discriminator(Logits.Of(real), Logits.Of(fake)).item<float>(),
            loss.Discriminator(Logits.Of(real, real, real), Logits.Of(fake, fake, fake)).item<float>(),
            1e-6);
        Assert.Equal(loss.Generator(Logits.Of(fake)).item<float>(), loss.Generator(Logits.Of(fake, fake)).item<float>(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GradientPenaltyWeight_AnyKind_IsThatOfTheWassersteinLossOnly(AdversarialKind kind)
        => Assert.Equal(
            kind == AdversarialKind.WassersteinGradientPenalty ? 7 : 0,
            LossTerm.GradientPenalty.Weight(new() { Adversarial = kind, GradientPenaltyWeight = 7 }));

    private Tensor[] Leaves(string name) => [.. _reference.GetProperty(name).EnumerateArray().Select(t => t.ToLeaf())];

    private static void AssertGradients(JsonElement expected, Tensor[] leaves)
    {
        Assert.Equal(expected.GetArrayLength(), leaves.Length);
        for (var i = 0; i < leaves.Length; i++)
            ReferenceTensors.AssertClose(expected[i], leaves[i].grad!, $"gradient {i}");
    }
}
