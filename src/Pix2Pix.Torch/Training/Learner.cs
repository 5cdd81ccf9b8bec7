using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Training;

/// <summary>A network with its parameters in one buffer, and the optimizer over it. Disposes of all three.</summary>
internal sealed class Learner<TNetwork> : IDisposable, ITrainingState
    where TNetwork : nn.Module
{
    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">Those of the optimizer.</param>
    public Learner(string name, TNetwork network, TrainingOptions options)
    {
        Name = name;
        Network = network;
        Parameters = new FlatParameters(network);
        Adam = new FlatAdam(Parameters, options.Beta1, options.Beta2);
    }

    public string Name { get; }

    public TNetwork Network { get; }

    public FlatParameters Parameters { get; }

    public FlatAdam Adam { get; }

    /// <summary>Whether no weight is infinite or not a number. One pass without a copy: such a value makes the sum one.</summary>
    public bool IsFinite()
    {
        using var noGradient = no_grad();
        using var sum = Parameters.Values.sum();
        return double.IsFinite(sum.Value());
    }

    void ITrainingState.Write(StateWriter to)
    {
        to.Value(new Counters(Adam.Steps));
        foreach (var (name, tensor) in Kept())
            to.Fixed(name, tensor);
    }

    void ITrainingState.Read(StateReader from)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in Kept())
            from.Into(name, tensor);
        Adam.Steps = from.Value<Counters>().AdamSteps;
    }

    public void Dispose()
    {
        Adam.Dispose();
        Parameters.Dispose();
        Network.Dispose();
    }

    // By parameter rather than as flat buffers: other tools find each weight by its name.
    private IEnumerable<(string Name, Tensor Tensor)> Kept() =>
    [
        .. Parameters.Views(Parameters.Values).Select(p => ($"weights.{p.Name}", p.View)),
        .. Parameters.Views(Adam.FirstMoment).Select(p => ($"first_moment.{p.Name}", p.View)),
        .. Parameters.Views(Adam.SecondMoment).Select(p => ($"second_moment.{p.Name}", p.View)),
        .. Network.named_buffers().Select(b => ($"buffers.{b.name}", b.buffer)),
    ];

    private sealed record Counters(long AdamSteps);
}
