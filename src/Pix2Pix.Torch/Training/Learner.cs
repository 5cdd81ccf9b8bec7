using static TorchSharp.torch;

namespace Pix2Pix.Torch.Training;

/// <summary>
/// A network with its parameters in one buffer, the optimizer over it, and the average of its weights where one is asked for. Disposes
/// of all of them.
/// </summary>
internal sealed class Learner<TNetwork> : IDisposable
    where TNetwork : nn.Module
{
    /// <param name="network">The network, its weights drawn.</param>
    /// <param name="options">How it learns.</param>
    /// <param name="averageDecay">The decay of the average; 0 for none.</param>
    public Learner(TNetwork network, TrainingOptions options, double averageDecay = 0)
    {
        Network = network;
        Parameters = new FlatParameters(network);
        Adam = new FlatAdam(Parameters, options.Beta1, options.Beta2);
        State = NetworkState.Of(network, Parameters);
        if (averageDecay > 0)
            Average = new FlatAverage(State, averageDecay);
    }

    public TNetwork Network { get; }

    public FlatParameters Parameters { get; }

    public FlatAdam Adam { get; }

    /// <summary>The numbers that the network translates with.</summary>
    public NetworkState State { get; }

    public FlatAverage? Average { get; }

    /// <summary>Moves the parameters against the gradients, and the average after them.</summary>
    public void Step(double learningRate)
    {
        Adam.Step(learningRate);
        Average?.Update();
    }

    public void Dispose()
    {
        Average?.Dispose();
        Adam.Dispose();
        Parameters.Dispose();
        Network.Dispose();
    }
}
