using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// A network with its parameters in one buffer, its optimizer, and the EMA of its weights, if enabled. Disposes all of them.
/// </summary>
internal sealed class OptimizedNetwork<TNetwork> : IDisposable, ITrainingState
    where TNetwork : nn.Module
{
    /// <summary>
    /// The start of the names of the second moments in checkpoints. The square of a large gradient can be infinite while the weights stay
    /// finite.
    /// </summary>
    private const string SecondMoment = "second_moment.";

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
        to.Value(new OptimizerCounters(Adam.Steps));
        foreach (var (name, tensor) in StateTensors())
            to.Fixed(name, tensor);
    }

    void ITrainingState.Read(StateReader from)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in StateTensors())
            from.Into(name, tensor, allowInfinity: name.StartsWith(SecondMoment, StringComparison.Ordinal));
        Adam.Steps = from.Value<OptimizerCounters>().AdamSteps;
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
    private IEnumerable<(string Name, Tensor Tensor)> StateTensors() =>
    [
        .. State.Named(),
        .. Parameters.Views(Adam.FirstMoment).Select(p => ($"first_moment.{p.Name}", p.View)),
        .. Parameters.Views(Adam.SecondMoment).Select(p => (SecondMoment + p.Name, p.View)),
    ];
}

/// <summary>
/// Stores all parameters of a network in one buffer and all gradients in another, so that an optimizer step is one pass over flat memory.
/// The network's parameters become views of the first buffer, and their gradients, which autograd accumulates, views of the second.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    /// <summary>
    /// Each parameter starts at a multiple of this number of elements: 64 bytes of float32, a cache line and an AVX-512 vector.
    /// </summary>
    private const int Alignment = 16;

    private readonly Tensor[] _parameters;
    private readonly string[] _names;

    public FlatParameters(nn.Module network)
    {
        _parameters = [.. network.named_parameters().Select(p => p.parameter)];
        _names = [.. network.named_parameters().Select(p => p.name)];
        Count = _parameters.Sum(p => p.numel());
        var length = _parameters.Sum(p => Aligned(p.numel()));
        var (type, device) = (_parameters[0].dtype, _parameters[0].device);

        using var noGradient = no_grad();
        Values = LongLived.Tensor(() => zeros(length, type, device));
        Gradients = LongLived.Tensor(() => zeros(length, type, device));
        using var scope = NewDisposeScope();
        var offset = 0L;
        foreach (var parameter in _parameters)
        {
            var value = View(Values, offset, parameter);
            value.copy_(parameter);
            parameter.set_(value);
            parameter.grad = View(Gradients, offset, parameter);
            offset += Aligned(parameter.numel());
        }
    }

    /// <summary>The number of parameters, without alignment gaps.</summary>
    public long Count { get; }

    /// <summary>The values, (length). Alignment gaps are zero.</summary>
    public Tensor Values { get; }

    /// <summary>The gradients, (length). Alignment gaps are zero. Autograd adds to the buffer; its user zeroes it.</summary>
    public Tensor Gradients { get; }

    /// <summary>Turns the recording of gradients on or off. A frozen network makes the backward pass cheaper.</summary>
    public void RequireGradients(bool required)
    {
        foreach (var parameter in _parameters)
            parameter.requires_grad = required;
    }

    /// <summary>
    /// Returns, for each parameter, its part of a buffer of the same length, in the parameter's shape. The parts are views, owned by the
    /// current scope.
    /// </summary>
    public IEnumerable<(string Name, Tensor View)> Views(Tensor flat)
    {
        var offset = 0L;
        foreach (var (name, parameter) in _names.Zip(_parameters))
        {
            yield return (name, View(flat, offset, parameter));
            offset += Aligned(parameter.numel());
        }
    }

    /// <summary>Frees the gradients and keeps the parameters.</summary>
    public void DisposeGradients()
    {
        foreach (var parameter in _parameters.Where(p => !p.IsInvalid))
            parameter.grad = null;
        Gradients.Dispose();
    }

    public void Dispose()
    {
        DisposeGradients();
        Values.Dispose();
    }

    private static Tensor View(Tensor flat, long offset, Tensor like) => flat.narrow(0, offset, like.numel()).view(like.shape);

    private static long Aligned(long count) => (count + Alignment - 1) / Alignment * Alignment;
}

/// <summary>The values that a checkpoint contains besides the tensors of the network and its optimizer.</summary>
internal sealed record OptimizerCounters(long AdamSteps)
{
    public long AdamSteps { get; } = Guard.InRange(AdamSteps, 0, TrainingPosition.MaxSteps, nameof(AdamSteps));
}
