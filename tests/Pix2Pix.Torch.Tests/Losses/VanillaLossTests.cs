using System.Text.Json;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

/// <summary>
/// The paper's adversarial loss and its whole objective, with logits so large that a naive logarithm of a sigmoid breaks.
/// </summary>
[Collection(TorchCollection.Name)]
public class VanillaLossTests
{
    private readonly JsonElement _reference = ReferenceFile.Json("losses.json");
    private readonly AdversarialLoss _adversarial = Logits.Loss(AdversarialKind.Vanilla);

    [Fact]
    public void Discriminator_LogitsOfTheReference_GivesItsLossAndGradients()
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (_reference.GetProperty("real_logits").ToLeaf(), _reference.GetProperty("fake_logits").ToLeaf());

        var loss = _adversarial.Discriminator(Logits.Of(real), Logits.Of(fake));
        loss.backward();

        var expected = _reference.GetProperty("discriminator");
        AssertLoss(expected, "loss", loss);
        ReferenceTensors.AssertClose(expected.GetProperty("gradient_real_logits"), real.grad!, "real");
        ReferenceTensors.AssertClose(expected.GetProperty("gradient_fake_logits"), fake.grad!, "fake");
    }

    [Fact]
    public void Generator_WithL1_GivesTheReferencesLossesAndGradients()
    {
        using var scope = NewDisposeScope();
        var (logits, fake) = (_reference.GetProperty("fake_logits").ToLeaf(), _reference.GetProperty("fake").ToLeaf());
        var target = _reference.GetProperty("target").ToTensor();

        var adversarial = LossPart.Of(LossTerm.L1, 1, () => _adversarial.Generator(Logits.Of(logits)));
        var l1 = LossPart.Of(LossTerm.L1, 100, () => nn.functional.l1_loss(fake, target));
        var loss = LossPart.Sum(adversarial, l1);
        loss.backward();

        var expected = _reference.GetProperty("generator");
        Tensors.AssertClose(
            expected.GetProperty("adversarial").GetDouble(), adversarial.Value!.Value(), ReferenceTensors.Tolerance, "adversarial");
        Tensors.AssertClose(expected.GetProperty("l1").GetDouble(), l1.Value!.Value(), ReferenceTensors.Tolerance, "L1");
        AssertLoss(expected, "loss", loss);
        ReferenceTensors.AssertClose(expected.GetProperty("gradient_fake_logits"), logits.grad!, "logits");
        ReferenceTensors.AssertClose(expected.GetProperty("gradient_fake"), fake.grad!, "fake");
    }

    /// <summary>
    /// -log sigmoid(x) = log(1 + e^-x); its derivative is -1 / (1 + e^x). Each logit is tested separately, so that no mean hides an error.
    /// </summary>
    [Theory]
    [InlineData(-800, 800, -1)]
    [InlineData(-50, 50, -1)] // log1p(e^50) - 50 is below the last bit
    [InlineData(0, 0.69314718055994530942, -0.5)]
    [InlineData(20, 2.0611536181902037e-9, -2.0611536181902037e-9)]
    [InlineData(25, 1.3887943864771146e-11, -1.3887943864771146e-11)]
    [InlineData(50, 1.9287498479639178e-22, -1.9287498479639178e-22)]
    [InlineData(800, 0, 0)] // e^-800 is below the smallest float64
    public void Generator_OneLogit_MatchesTheClosedForm(double logit, double loss, double slope)
    {
        using var scope = NewDisposeScope();
        var x = tensor([logit]).requires_grad_();

        var actual = _adversarial.Generator(Logits.Of(x));
        actual.backward();

        Tensors.AssertClose(loss, actual.item<double>(), ReferenceTensors.Tolerance, "loss");
        Tensors.AssertClose(slope, x.grad!.item<double>(), ReferenceTensors.Tolerance, "slope");
    }

    private static void AssertLoss(JsonElement expected, string name, Tensor loss)
        => Tensors.AssertClose(expected.GetProperty(name).GetDouble(), loss.item<double>(), ReferenceTensors.Tolerance, name);
}
