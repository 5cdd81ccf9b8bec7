using static TorchSharp.torch;

namespace Pix2Pix.Torch.Training;

/// <summary>A network with its parameters in one buffer, and the optimizer over it. Disposes of all three.</summary>
internal sealed class Learner<TNetwork> : IDisposable
    where TNetwork : nn.Module
{
    public Learner(TNetwork network, TrainingOptions options)
    {
        Network = network;
        Parameters = new FlatParameters(network);
        Adam = new FlatAdam(Parameters, options.Beta1, options.Beta2);
    }

    public TNetwork Network { get; }

    public FlatParameters Parameters { get; }

    public FlatAdam Adam { get; }

    public void Dispose()
    {
        Adam.Dispose();
        Parameters.Dispose();
        Network.Dispose();
    }
}
