using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// All numbers that a network translates with: its parameters in one buffer, and the running statistics of its norms. Either the
/// network's own, or a copy.
/// </summary>
internal sealed class NetworkState : IDisposable
{
    /// <summary>Elements that are exchanged at a time: what lies between takes little memory, and stays in the cache.</summary>
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

    /// <summary>The parameters' buffer, then the running statistics in the network's order.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The bytes of all that <see cref="Named"/> gives.</summary>
    public long Bytes
        => (_parameters.Count * Tensors[0].element_size()) + Tensors.Skip(1).Sum(tensor => tensor.numel() * tensor.element_size());

    /// <summary>The name of the first of <see cref="Named"/>.</summary>
    public string FirstName => WeightName(_parameters.FirstName);

    /// <summary>The network's own numbers: whoever writes to them changes the network.</summary>
    public static NetworkState Of(nn.Module network, FlatParameters parameters)
    {
        var buffers = network.named_buffers().ToArray();
        return new(parameters, [.. buffers.Select(b => b.name)], [parameters.Values, .. buffers.Select(b => b.buffer)], isCopy: false);
    }

    /// <summary>Each parameter and running statistic by its name; they are views, which belong to the open scope.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Named() =>
    [
        .. _parameters.Views(Tensors[0]).Select(p => (WeightName(p.Name), p.View)),
        .. _buffers.Zip(Tensors.Skip(1), (name, buffer) => ($"buffers.{name}", buffer)),
    ];

    /// <summary>A copy, which the caller disposes of.</summary>
    public NetworkState Copy()
        => new(_parameters, _buffers, [.. Tensors.Select(tensor => LongLived.Tensor(() => tensor.detach().clone()))], isCopy: true);

    /// <summary>Becomes equal to another, bit for bit.</summary>
    public void Set(NetworkState other) => ForEach(other, (mine, theirs) => mine.copy_(theirs));

    /// <summary>Moves towards another by this share of the way.</summary>
    public void MoveTowards(NetworkState other, double share) => ForEach(other, (mine, theirs) => mine.LerpInPlace(theirs, share));

    /// <summary>Each takes the numbers of the other, bit for bit.</summary>
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

    /// <summary>Frees a copy; the network's own numbers belong to the network.</summary>
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
