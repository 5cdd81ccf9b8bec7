using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// A network with its parameters in one buffer, its optimizer, and the EMA of its weights, if enabled. Disposes all of them.
/// </summary>
internal sealed class OptimizedNetwork<TNetwork> : IDisposable, ITrainingState
    where TNetwork : nn.Module
{
    /// <param name="name">The name in checkpoints.</param>
    /// <param name="network">The network with initialized weights.</param>
    /// <param name="options">Provide the optimizer's settings.</param>
    /// <param name="averageDecay">The decay of the EMA; 0 to disable it.</param>
    public OptimizedNetwork(string name, TNetwork network, TrainingOptions options, double averageDecay = 0)
    {
        Name = name;
        Network = network;
        Parameters = new FlatParameters(network);
        Adam = new FlatAdam(Parameters, options.Beta1, options.Beta2);
        State = NetworkState.Of(network, Parameters);
        if (averageDecay > 0)
            Average = new ExponentialMovingAverage(State, averageDecay);
    }

    public string Name { get; }

    public TNetwork Network { get; }

    public FlatParameters Parameters { get; }

    public FlatAdam Adam { get; }

    /// <summary>The network's parameters and running statistics.</summary>
    public NetworkState State { get; }

    public ExponentialMovingAverage? Average { get; }

    /// <summary>Updates the parameters, then the EMA.</summary>
    public void Step(double learningRate)
    {
        Adam.Step(learningRate);
        Average?.Update();
    }

    /// <summary>
    /// Determines whether all weights are finite, in one pass without a copy: an infinite or NaN weight makes the sum infinite or NaN.
    /// </summary>
    public bool IsFinite()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return double.IsFinite(Parameters.Values.sum().Value());
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

    /// <summary>Frees everything except the network and its weights.</summary>
    public void ReleaseTrainingState()
    {
        Average?.Dispose();
        Adam.Dispose();
        Parameters.DisposeGradients();
    }

    public void Dispose()
    {
        ReleaseTrainingState();
        Parameters.Dispose();
        Network.Dispose();
    }

    // Stored per parameter rather than as flat buffers, so that other tools can find each weight by its name.
    private IEnumerable<(string Name, Tensor Tensor)> Kept() =>
    [
        .. State.Named(),
        .. Parameters.Views(Adam.FirstMoment).Select(p => ($"first_moment.{p.Name}", p.View)),
        .. Parameters.Views(Adam.SecondMoment).Select(p => ($"second_moment.{p.Name}", p.View)),
    ];

    private sealed record Counters(long AdamSteps);
}
