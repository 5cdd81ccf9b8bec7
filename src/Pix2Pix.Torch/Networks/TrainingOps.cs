using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Runs layers for training: with a dropout mask for each image, and with the statistics of the batch, which also update the running
/// statistics, or of each image.
/// </summary>
internal sealed class TrainingOps : TensorOps
{
    private readonly int _dropoutSeed;
    private readonly NormStatistics _statistics;

    /// <param name="dropoutSeed">The seed of the dropout masks. It must differ between steps, or each step drops the same values.</param>
    /// <param name="statistics">The statistics of each image, or those of the batch, which also update the running statistics.</param>
    /// <param name="maps">The type of convolutions and of the activations between them; null for the type of the weights.</param>
    /// <param name="channelsLast">Whether the inputs of convolutions have the channels-last layout.</param>
    public TrainingOps(
        int dropoutSeed, NormStatistics statistics = NormStatistics.Running, ScalarType? maps = null, bool channelsLast = false)
        : base(maps, channelsLast)
    {
        _dropoutSeed = dropoutSeed;
        _statistics = statistics;
    }

    public override Tensor Dropout(Tensor x, DropoutSite site) => Masked(x, site, x.shape[0], _dropoutSeed);

    protected override Tensor Normalize(Tensor x, NormLayer norm)
        => _statistics == NormStatistics.Image ? norm.ByImage(x) : norm.ByBatch(x);
}
