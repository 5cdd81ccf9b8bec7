using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// The losses of a step, kept on its device, which may still be computing them. Holds native memory until the losses are read.
/// </summary>
internal sealed class PendingLosses : IDisposable
{
    private readonly bool[] _on;
    private Tensor? _values; // (enabled parts)
    private StepLosses _losses;

    /// <summary>Stores the values of the parts without their weights.</summary>
    public PendingLosses(
        LossPart discriminator, LossPart gradientPenalty, LossPart adversarial, LossPart featureMatching, LossPart l1, LossPart l2)
    {
        LossPart[] parts = [discriminator, gradientPenalty, adversarial, featureMatching, l1, l2];
        _on = [.. parts.Select(part => part.Value is not null)];
        _values = LongLived.Tensor(() => stack(parts.Select(part => part.Value?.detach()).OfType<Tensor>()));
    }

    /// <summary>Whether the losses have been read; further reads do not wait.</summary>
    public bool AreRead => _values is null;

    /// <summary>Returns the losses. The first call waits until the device has completed this step and all earlier ones.</summary>
    public StepLosses Read()
    {
        if (_values is null)
            return _losses;
        using var scope = NewDisposeScope();
        var host = _values.to(ScalarType.Float64, CPU);
        var values = new Queue<double>(host.data<double>());
        double Next(int part) => _on[part] ? values.Dequeue() : 0;
        _losses = new StepLosses
        {
            Discriminator = Next(0),
            GradientPenalty = Next(1),
            Adversarial = Next(2),
            FeatureMatching = Next(3),
            L1 = Next(4),
            L2 = Next(5),
        };
        Dispose();
        return _losses;
    }

    public void Dispose()
    {
        _values?.Dispose();
        _values = null;
    }
}
