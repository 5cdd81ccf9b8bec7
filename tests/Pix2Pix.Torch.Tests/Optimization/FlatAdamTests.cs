using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Optimization;

[Collection(TorchCollection.Name)]
public class FlatAdamTests
{
    private const double Beta1 = 0.5;
    private const double Beta2 = 0.999;

    /// <summary>Lengths around those of vectors, of cache lines and of the kernel's chunks.</summary>
    public static TheoryData<long> Lengths => [1, 7, 37, 1000, (1 << 18) + 5, (2 << 18) + 3];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Step_OnePass_AgreesWithTensorOperations(long length)
    {
        using var scope = NewDisposeScope();
        using ParameterBag bagA = new(seed: 1, [length], [3, 5]), bagB = new(seed: 1, [length], [3, 5]);
        using FlatParameters a = new(bagA), b = new(bagB);
        using FlatAdam onePass = new(a, Beta1, Beta2), byTensors = new(b, Beta1, Beta2, allowOnePass: false);

        for (var step = 1; step <= 4; step++)
        {
            var gradients = Tensors.Random(seed: 100 + step, a.Gradients.numel());
            a.Gradients.copy_(gradients);
            b.Gradients.copy_(gradients);
            onePass.Step(learningRate: 0.01 / step);
            byTensors.Step(learningRate: 0.01 / step);
        }

        Tensors.AssertClose(Tensors.Doubles(b.Values), Tensors.Doubles(a.Values), 1e-6, "values");
        Tensors.AssertClose(Tensors.Doubles(byTensors.FirstMoment), Tensors.Doubles(onePass.FirstMoment), 1e-6, "first moment");
        Tensors.AssertClose(Tensors.Doubles(byTensors.SecondMoment), Tensors.Doubles(onePass.SecondMoment), 1e-6, "second moment");
        Assert.Equal((4, 4), (onePass.Steps, byTensors.Steps));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Step_SeveralTimes_FollowsThePapersAlgorithm(bool allowOnePass)
    {
        using var scope = NewDisposeScope();
        using ParameterBag bag = new(seed: 5, [6, 8]);
        using FlatParameters parameters = new(bag);
        using FlatAdam adam = new(parameters, Beta1, Beta2, allowOnePass);
        var naive = new NaiveAdam(Tensors.Doubles(parameters.Values), Beta1, Beta2);

        for (var step = 1; step <= 5; step++)
        {
            var gradients = Tensors.Random(seed: step, parameters.Gradients.numel());
            parameters.Gradients.copy_(gradients);
            adam.Step(learningRate: 0.02);
            naive.Step(Tensors.Doubles(gradients), learningRate: 0.02);
        }

        Tensors.AssertClose(naive.Values, Tensors.Doubles(parameters.Values), 1e-6, "values");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Step_Done_LeavesGradientsZero(bool allowOnePass)
    {
        using var scope = NewDisposeScope();
        using ParameterBag bag = new(seed: 5, [37]);
        using FlatParameters parameters = new(bag);
        using FlatAdam adam = new(parameters, Beta1, Beta2, allowOnePass);
        parameters.Gradients.fill_(1);

        adam.Step(learningRate: 0.02);

        Assert.All(Tensors.Floats(parameters.Gradients), g => Assert.Equal(0, g));
        Assert.Contains(Tensors.Floats(adam.FirstMoment), m => m == 0.5f);
    }

    [Fact]
    public void Step_GradientOfZero_KeepsTheValue()
    {
        using var scope = NewDisposeScope();
        using ParameterBag bag = new(seed: 5, [37]);
        using FlatParameters parameters = new(bag);
        using FlatAdam adam = new(parameters, Beta1, Beta2);
        var before = Tensors.Floats(parameters.Values);

        adam.Step(learningRate: 0.02);

        Assert.Equal(before, Tensors.Floats(parameters.Values));
    }
}
