using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Optimization;

[Collection(TorchCollection.Name)]
public class ExponentialMovingAverageTests
{
    [Fact]
    public void Update_OfAParameter_IsTheClosedForm()
    {
        using var bag = new ParameterBag(seed: 1, [3]);
        using var parameters = new FlatParameters(bag);
        using var average = new ExponentialMovingAverage(NetworkState.Of(bag, parameters), decay: 0.25);
        double[] values = [8, 4, 2, 1];
        foreach (var value in values)
        {
            Set(parameters.Values, value);
            average.Update();
        }

        // The decays are 0, 2/11, 3/12, and then 0.25 instead of 4/13.
        var expected = 0.0;
        foreach (var (value, decay) in values.Zip((double[])[0, 2 / 11.0, 0.25, 0.25]))
            expected = (decay * expected) + ((1 - decay) * value);
        Assert.Equal(4, average.Updates);
        Assert.All(Tensors.Doubles(average.State.Tensors[0])[..3], value => Assert.Equal(expected, value, 1e-6));
    }

    [Fact]
    public void Update_NothingMoved_ChangesNoBit()
    {
        using var bag = new ParameterBag(seed: 1, [1000]);
        using var parameters = new FlatParameters(bag);
        using var average = new ExponentialMovingAverage(NetworkState.Of(bag, parameters), decay: 0.999);

        for (var i = 0; i < 50; i++)
            average.Update();

        Assert.Equal(Tensors.Floats(bag[0]), Tensors.Floats(average.State.Tensors[0])[..1000]);
    }

    [Fact]
    public void Use_UntilDisposed_TranslatesByTheAverageAndThenByTheSameBitsAsBefore()
    {
        using var scope = NewDisposeScope();
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { AverageDecay = 0.99, Statistics = NormStatistics.Running });
        for (var i = 0; i < 3; i++)
            trainer.StepAndRead(Tensors.Random(i, 2, 3, 32, 32), Tensors.Random(10 + i, 2, 3, 32, 32), learningRate: 0.01);
        var average = trainer.GeneratorAverage!;
        var (raw, averaged) = (Floats(trainer.GeneratorState), Floats(average.State));
        var running = new InferenceOptions { Statistics = NormStatistics.Running };
        var image = Tensors.Random(20, 1, 3, 32, 32);
        var before = Tensors.Floats(trainer.Generator.Translate(image, running));

        using (average.Use())
        {
            Assert.Equal(averaged, Floats(trainer.GeneratorState));
            Assert.NotEqual(before, Tensors.Floats(trainer.Generator.Translate(image, running)));
        }

        Assert.NotEqual(raw, averaged);
        Assert.Equal(raw, Floats(trainer.GeneratorState));
        Assert.Equal(averaged, Floats(average.State));
        Assert.Equal(before, Tensors.Floats(trainer.Generator.Translate(image, running)));
    }

    [Fact]
    public void Exchange_MoreThanAChunk_IsExact()
    {
        using var bag = new ParameterBag(seed: 1, [(1 << 18) + 77]);
        using var parameters = new FlatParameters(bag);
        var own = NetworkState.Of(bag, parameters);
        using var other = own.Copy();
        other.Tensors[0].copy_(Tensors.Random(9, other.Tensors[0].numel()));
        var (mine, theirs) = (Floats(own), Floats(other));

        own.Exchange(other);

        Assert.Equal(theirs, Floats(own));
        Assert.Equal(mine, Floats(other));
    }

    [Fact]
    public void Train_WithAverage_EndsWithTheAverageOfAllStepsAndTrainsIdentically()
    {
        var options = TinyTraining.Options with { AverageDecay = 0.9, Statistics = NormStatistics.Running };
        var (plain, plainLosses, each) = Train(options with { AverageDecay = 0 });
        var (averaged, losses, _) = Train(options);

        var expected = each[0].Select(value => (double)value).ToArray();
        for (var t = 0; t + 1 < each.Count; t++)
        {
            var decay = t == 0 ? 0 : Math.Min(0.9, (1.0 + t) / (10.0 + t));
            for (var i = 0; i < expected.Length; i++)
                expected[i] = (decay * expected[i]) + ((1 - decay) * each[t + 1][i]);
        }

        Assert.Equal(plainLosses, losses);
        Assert.NotEqual(plain, averaged);
        Assert.All(expected.Zip(averaged), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        // The final weights, the losses, and the weights before the first step and after each step.
        static (float[], List<StepLosses>, List<float[]>) Train(TrainingOptions options)
        {
            using var trainer = TinyTraining.Trainer(options);
            List<float[]> each = [Floats(trainer.GeneratorState)];
            var progress = new ProgressList(_ => each.Add(Floats(trainer.GeneratorState)));
            trainer.Train(TinyTraining.Pairs(5), new() { Progress = progress });
            return (Floats(trainer.GeneratorState), [.. progress.Reports.Select(r => r.Losses)], each);
        }
    }

    private static float[] Floats(NetworkState state) => [.. state.Tensors.SelectMany(Tensors.Floats)];

    private static void Set(Tensor tensor, double value)
    {
        using var noGradient = no_grad();
        tensor.fill_(value);
    }
}
