using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// A pass of training: a dropout mask for each image, and the statistics of the batch, towards which the running ones move, or of each
/// image by itself.
/// </summary>
internal sealed class TrainingOps : TensorOps
{
    private readonly int _dropoutSeed;
    private readonly NormStatistics _statistics;

    /// <param name="dropoutSeed">Another one for each step, or each step would drop the same values.</param>
    /// <param name="statistics">Those of each image, or those of the batch, which also move the running ones.</param>
    /// <param name="maps">What convolutions compute with, and the type of the maps between them; null for that of the weights.</param>
    /// <param name="channelsLast">Whether convolutions are given maps whose channels lie side by side.</param>
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
