using System.Text.Json;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class FeatureMatchingTests
{
    private readonly JsonElement _reference = ReferenceFile.Json("games.json").GetProperty("feature_matching");

    [Fact]
    public void Of_TwoScales_GivesTheReferencesLossAndGradients()
    {
        using var scope = NewDisposeScope();
        var (fake, real) = (Maps("fake"), Maps("real"));

        var loss = Loss(fake, real);
        loss.backward();

        Tensors.AssertClose(_reference.GetProperty("loss").GetDouble(), loss.item<double>(), ReferenceTensors.Tolerance, "loss");
        var gradients = _reference.GetProperty("gradients");
        Tensor[] maps = [.. fake.SelectMany(scale => scale[..^1])];
        Assert.Equal(gradients.GetArrayLength(), maps.Length);
        for (var i = 0; i < maps.Length; i++)
            ReferenceTensors.AssertClose(gradients[i], maps[i].grad!, $"map {i}");
        Assert.All(fake, scale => Assert.Null(scale[^1].grad)); // logits are not used
    }

    /// <summary>Four layers have a weight of 1 each, as in pix2pixHD; the total weight is the same for any other number.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Of_AllFeatureMapsDifferByAQuarter_IsOne(int layers)
    {
        using var scope = NewDisposeScope();
        Tensor[] Scale(double value) => [.. Enumerable.Range(0, layers).Select(i => full([1, 2, i + 1, 3], value)), zeros(1, 1, 1, 1)];
        Assert.Equal(1, Loss([Scale(-0.5), Scale(0.25)], [Scale(-0.25), Scale(0.5)]).item<float>(), 1e-6);
    }

    [Fact]
    public void Of_Target_IsEvaluatedWithoutGradients()
    {
        using var scope = NewDisposeScope();
        var (weight, target) = (ones(1).requires_grad_(), ones(1, 1, 2, 2));
        var fake = (zeros(1, 1, 2, 2) * weight);

        FeatureMatching.Of(image => new([[image * weight, image]]), target, new([[fake, fake]])).backward();

        Assert.Equal(0, weight.grad!.item<float>()); // d|0 w - 1 w| / dw would be 1 if gradients flowed through the target's feature map
    }

    private static Tensor Loss(Tensor[][] fake, Tensor[][] real)
    {
        using var target = zeros(1);
        return FeatureMatching.Of(_ => new DiscriminatorOutput(real), target, new DiscriminatorOutput(fake));
    }

    private Tensor[][] Maps(string name) =>
    [
        .. _reference.GetProperty(name).EnumerateArray().Select(scale => scale.EnumerateArray().Select(map => map.ToLeaf()).ToArray()),
    ];
}
