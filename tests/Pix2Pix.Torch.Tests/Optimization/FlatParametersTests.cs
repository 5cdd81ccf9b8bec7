using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Optimization;

[Collection(TorchCollection.Name)]
public sealed class FlatParametersTests : IDisposable
{
    private readonly ParameterBag _bag;
    private readonly FlatParameters _flat;

    public FlatParametersTests()
    {
        _bag = new(seed: 3, [2, 3], [17], [16]);
        _flat = new FlatParameters(_bag);
    }

    public void Dispose()
    {
        _flat.Dispose();
        _bag.Dispose();
    }

    [Fact]
    public void Constructor_Parameters_KeepShapesAndValues()
    {
        using var scope = NewDisposeScope();
        using var fresh = new ParameterBag(seed: 3, [2, 3], [17], [16]);
        foreach (var (expected, actual) in fresh.parameters().Zip(_bag.parameters()))
        {
            Assert.Equal(expected.shape, actual.shape);
            Assert.Equal(Tensors.Floats(expected), Tensors.Floats(actual));
            Assert.True(actual.requires_grad);
        }
    }

    /// <summary>Starts at 0, 16 and 48: multiples of 16 elements, 64 bytes.</summary>
    [Fact]
    public void Values_Gaps_AreZero()
    {
        using var scope = NewDisposeScope();
        var values = Tensors.Floats(_flat.Values);
        Assert.Equal(6 + 17 + 16, _flat.Count);
        Assert.Equal(64, values.Length);
        Assert.All([.. values[6..16], .. values[33..48]], v => Assert.Equal(0, v));
        Assert.Equal(Tensors.Floats(_bag[1]), values[16..33]);
    }

    [Fact]
    public void Values_Written_ChangeTheParameter()
    {
        using var scope = NewDisposeScope();
        _flat.Values.fill_(7);
        Assert.All(_bag.parameters(), p => Assert.All(Tensors.Floats(p), v => Assert.Equal(7, v)));
    }

    [Fact]
    public void Values_ParameterWritten_ChangeToo()
    {
        using var scope = NewDisposeScope();
        using (no_grad())
            _bag[1].fill_(7);
        Assert.All(Tensors.Floats(_flat.Values)[16..33], v => Assert.Equal(7, v));
    }

    [Fact]
    public void Gradients_TwoBackwardPasses_AddUp()
    {
        using var scope = NewDisposeScope();
        for (var pass = 0; pass < 2; pass++)
            ((_bag[0] * 3).sum() + (_bag[1] * -2).sum()).backward();

        var gradients = Tensors.Floats(_flat.Gradients);
        Assert.All(gradients[..6], g => Assert.Equal(6, g));
        Assert.All(gradients[16..33], g => Assert.Equal(-4, g));
        Assert.All([.. gradients[6..16], .. gradients[33..]], g => Assert.Equal(0, g));
    }

    [Fact]
    public void RequireGradients_Off_LeavesGradientsUntouched()
    {
        using var scope = NewDisposeScope();
        var input = ones(6).requires_grad_();

        _flat.RequireGradients(false);
        (_bag[0].flatten() * input).sum().backward();
        Assert.All(Tensors.Floats(_flat.Gradients), g => Assert.Equal(0, g));
        Assert.Equal(Tensors.Floats(_bag[0]), Tensors.Floats(input.grad!));

        _flat.RequireGradients(true);
        _bag[0].sum().backward();
        Assert.All(Tensors.Floats(_flat.Gradients)[..6], g => Assert.Equal(1, g));
    }

    [Fact]
    public void Constructor_Network_ContainsAllItsParameters()
    {
        using var scope = NewDisposeScope();
        using var network = Generator.Create(new() { Width = 32, Height = 32, Filters = 2 }, TensorFactory.Cpu);
        using var flat = new FlatParameters(network);
        Assert.Equal(network.parameters().Sum(p => p.numel()), flat.Count);
    }
}
