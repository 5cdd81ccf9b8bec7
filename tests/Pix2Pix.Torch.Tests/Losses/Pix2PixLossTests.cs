using System.Text.Json;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class Pix2PixLossTests
{
    private const double Tolerance = 1e-8;

    private readonly JsonElement _reference = ReferenceFile.Json("losses.json");
    private readonly Pix2PixLoss _loss = new(l1Weight: 100);

    [Fact]
    public void Discriminator_LogitsOfTheReference_GivesItsLossAndGradients()
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (Leaf("real_logits"), Leaf("fake_logits"));

        var loss = _loss.Discriminator(real, fake);
        loss.backward();

        var expected = _reference.GetProperty("discriminator");
        Tensors.AssertClose(expected.GetProperty("loss").GetDouble(), loss.item<double>(), Tolerance, "loss");
        AssertTensor(expected.GetProperty("gradient_real_logits"), real.grad!);
        AssertTensor(expected.GetProperty("gradient_fake_logits"), fake.grad!);
    }

    [Fact]
    public void Generator_LogitsAndImagesOfTheReference_GivesItsLossesAndGradients()
    {
        using var scope = NewDisposeScope();
        var (logits, fake) = (Leaf("fake_logits"), Leaf("fake"));

        var adversarial = _loss.GeneratorAdversarial(logits);
        var l1 = _loss.L1(fake, Leaf("target").detach());
        var loss = _loss.Generator(adversarial, l1);
        loss.backward();

        var expected = _reference.GetProperty("generator");
        Tensors.AssertClose(expected.GetProperty("adversarial").GetDouble(), adversarial.item<double>(), Tolerance, "adversarial");
        Tensors.AssertClose(expected.GetProperty("l1").GetDouble(), l1.item<double>(), Tolerance, "l1");
        Tensors.AssertClose(expected.GetProperty("loss").GetDouble(), loss.item<double>(), Tolerance, "loss");
        AssertTensor(expected.GetProperty("gradient_fake_logits"), logits.grad!);
        AssertTensor(expected.GetProperty("gradient_fake"), fake.grad!);
    }

    /// <summary>-log sigmoid(x) = log(1 + e^-x); its derivative is -1 / (1 + e^x). Each logit by itself: no mean hides an error.</summary>
    [Theory]
    [InlineData(-800, 800, -1)]
    [InlineData(-50, 50, -1)] // log1p(e^50) - 50 is below the last bit
    [InlineData(0, 0.69314718055994530942, -0.5)]
    [InlineData(20, 2.0611536181902037e-9, -2.0611536181902037e-9)]
    [InlineData(25, 1.3887943864771146e-11, -1.3887943864771146e-11)]
    [InlineData(50, 1.9287498479639178e-22, -1.9287498479639178e-22)]
    [InlineData(800, 0, 0)] // e^-800 is below the smallest float64
    public void GeneratorAdversarial_OneLogit_MatchesTheClosedForm(double logit, double loss, double slope)
    {
        using var scope = NewDisposeScope();
        var x = tensor([logit]).requires_grad_();

        var actual = _loss.GeneratorAdversarial(x);
        actual.backward();

        Tensors.AssertClose(loss, actual.item<double>(), Tolerance, "loss");
        Tensors.AssertClose(slope, x.grad!.item<double>(), Tolerance, "slope");
    }

    [Fact]
    public void Discriminator_LogitsOfZero_IsLogarithmOfTwo()
    {
        using var scope = NewDisposeScope();
        var undecided = zeros(2, 1, 3, 3, dtype: ScalarType.Float64);
        Assert.Equal(Math.Log(2), _loss.Discriminator(undecided, undecided).item<double>(), 1e-15);
    }

    [Fact]
    public void L1_ImagesThatDifferByAQuarter_IsAQuarter()
    {
        using var scope = NewDisposeScope();
        var image = full([2, 3, 4, 4], -0.5);
        Assert.Equal(0.25, _loss.L1(image, image + 0.25).item<float>());
    }

    [Fact]
    public void Generator_AnotherWeight_WeighsL1Alone()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(2.5f, new Pix2PixLoss(l1Weight: 4).Generator(tensor(0.5f), tensor(0.5f)).item<float>());
    }

    private Tensor Leaf(string name)
    {
        var element = _reference.GetProperty(name);
        return tensor(element.GetProperty("values").Doubles(), element.GetProperty("shape").Longs()).requires_grad_();
    }

    private static void AssertTensor(JsonElement expected, Tensor actual)
    {
        Assert.Equal(expected.GetProperty("shape").Longs(), actual.shape);
        Tensors.AssertClose(expected.GetProperty("values").Doubles(), Tensors.Doubles(actual), Tolerance, "gradient");
    }
}
