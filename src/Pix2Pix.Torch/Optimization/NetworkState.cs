using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// The state of a network for inference: its parameters in one buffer, and the running statistics of its normalizations. Either the
/// network's own tensors or a copy.
/// </summary>
internal sealed class NetworkState : IDisposable
{
    /// <summary>The number of elements exchanged at a time; the temporary copy takes little memory and fits into the cache.</summary>
    private const long ChunkLength = 1 << 18;

    private readonly FlatParameters _parameters;
    private readonly string[] _buffers;
    private readonly bool _isCopy;

    private NetworkState(FlatParameters parameters, string[] buffers, Tensor[] tensors, bool isCopy)
    {
        _parameters = parameters;
        _buffers = buffers;
        _isCopy = isCopy;
        Tensors = tensors;
    }

    /// <summary>The buffer of the parameters, followed by the running statistics in the network's order.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The total size in bytes of the tensors that <see cref="Named"/> returns.</summary>
    public long Bytes
        => (_parameters.Count * Tensors[0].element_size()) + Tensors.Skip(1).Sum(tensor => tensor.numel() * tensor.element_size());

    /// <summary>Returns the network's own state. Writing to it changes the network.</summary>
    public static NetworkState Of(nn.Module network, FlatParameters parameters)
    {
        var buffers = network.named_buffers().ToArray();
        return new(parameters, [.. buffers.Select(b => b.name)], [parameters.Values, .. buffers.Select(b => b.buffer)], isCopy: false);
    }

    /// <summary>Returns each parameter and running statistic with its name. The parameters are views, owned by the current scope.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Named() =>
    [
        .. _parameters.Views(Tensors[0]).Select(p => (WeightName(p.Name), p.View)),
        .. _buffers.Zip(Tensors.Skip(1), (name, buffer) => ($"buffers.{name}", buffer)),
    ];

    /// <summary>Returns a copy, which the caller disposes.</summary>
    public NetworkState Copy()
        => new(_parameters, _buffers, [.. Tensors.Select(tensor => LongLived.Tensor(() => tensor.detach().clone()))], isCopy: true);

    /// <summary>Copies the values of another state, bit for bit.</summary>
    public void Set(NetworkState other) => ForEach(other, (mine, theirs) => mine.copy_(theirs));

    /// <summary>Interpolates towards another state by this fraction.</summary>
    public void MoveTowards(NetworkState other, double fraction) => ForEach(other, (mine, theirs) => mine.LerpInPlace(theirs, fraction));

    /// <summary>Swaps the values of both states, bit for bit.</summary>
    public void Exchange(NetworkState other) => ForEach(other, (mine, theirs) =>
    {
        for (var start = 0L; start < mine.numel(); start += ChunkLength)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(ChunkLength, mine.numel() - start);
            var (a, b) = (mine.narrow(0, start, length), theirs.narrow(0, start, length));
            var copy = a.clone();
            a.copy_(b);
            b.copy_(copy);
        }
    });

    /// <summary>Frees a copy. The network owns its own state, which is not freed.</summary>
    public void Dispose()
    {
        if (!_isCopy)
            return;
        foreach (var tensor in Tensors)
            tensor.Dispose();
    }

    private static string WeightName(string parameter) => $"weights.{parameter}";

    private void ForEach(NetworkState other, Action<Tensor, Tensor> action)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < Tensors.Count; i++)
            action(Tensors[i], other.Tensors[i]);
    }
}

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
        to.Value(new AverageCounters(Updates));
        foreach (var (name, tensor) in State.Named())
            to.Fixed(name, tensor);
    }

    void ITrainingState.Read(StateReader from)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in State.Named())
            from.Into(name, tensor);
        Updates = from.Value<AverageCounters>().Updates;
    }

    // The network's initial weights, which the constructor copied, have been replaced.
    void ITrainingState.ReadAbsent() => State.Set(_network);

    public void Dispose() => State.Dispose();

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

/// <summary>The values that a checkpoint contains besides the tensors of the averages.</summary>
internal sealed record AverageCounters(long Updates)
{
    public long Updates { get; } = Guard.InRange(Updates, 0, TrainingPosition.MaxSteps, nameof(Updates));
}
