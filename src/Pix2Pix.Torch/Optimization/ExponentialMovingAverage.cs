using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// The exponential moving average (EMA) of a network's parameters and running statistics: a = d a + (1 - d) x after each step. The first
/// update copies the network's values.
/// </summary>
/// <remarks>
/// The decay of update t, from 0, is min(decay, (1 + t) / (10 + t)), as in TensorFlow's ExponentialMovingAverage with num_updates, but 0
/// for the first update: the initial weights do not contribute, and the average of a short training does not stay near them.
/// </remarks>
internal sealed class ExponentialMovingAverage : IDisposable, ITrainingState
{
    private readonly NetworkState _network;
    private readonly double _decay;

    /// <param name="network">The network's own state.</param>
    /// <param name="decay">The decay after the first updates.</param>
    public ExponentialMovingAverage(NetworkState network, double decay)
    {
        _network = network;
        _decay = decay;
        State = network.Copy();
    }

    /// <summary>The averages; during <see cref="Use"/>, the network's own values.</summary>
    public NetworkState State { get; }

    /// <summary>The number of updates so far.</summary>
    public long Updates { get; private set; }

    /// <inheritdoc/>
    public string Name => "average";

    /// <summary>Updates the averages with the network's current values.</summary>
    public void Update()
    {
        var decay = Updates == 0 ? 0 : Math.Min(_decay, (1.0 + Updates) / (10.0 + Updates));
        State.MoveTowards(_network, 1 - decay);
        Updates++;
    }

    /// <summary>Gives the network the averages until the result is disposed, which restores the network's own values bit for bit.</summary>
    public IDisposable Use() => new Swap(this);

    void ITrainingState.Write(StateWriter to)
    {
        to.Value(new Counters(Updates));
        foreach (var (name, tensor) in State.Named())
            to.Fixed(name, tensor);
    }

    void ITrainingState.Read(StateReader from)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in State.Named())
            from.Into(name, tensor);
        Updates = from.Value<Counters>().Updates;
    }

    public void Dispose() => State.Dispose();

    private sealed record Counters(long Updates);

    private sealed class Swap : IDisposable
    {
        private readonly ExponentialMovingAverage _average;

        public Swap(ExponentialMovingAverage average)
        {
            _average = average;
            average._network.Exchange(average.State);
        }

        public void Dispose() => _average._network.Exchange(_average.State);
    }
}
