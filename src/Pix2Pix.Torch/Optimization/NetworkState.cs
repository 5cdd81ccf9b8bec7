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

    /// <summary>The name of the first tensor that <see cref="Named"/> returns.</summary>
    public string FirstName => WeightName(_parameters.FirstName);

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
    public void MoveTowards(NetworkState other, double share) => ForEach(other, (mine, theirs) => mine.LerpInPlace(theirs, share));

    /// <summary>Swaps the values of both states, bit for bit.</summary>
    public void Exchange(NetworkState other) => ForEach(other, (mine, theirs) =>
    {
        for (var start = 0L; start < mine.numel(); start += ChunkLength)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(ChunkLength, mine.numel() - start);
            var (a, b) = (mine.narrow(0, start, length), theirs.narrow(0, start, length));
            var kept = a.clone();
            a.copy_(b);
            b.copy_(kept);
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
