using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>A pass of training: statistics of the batch, running statistics updated, a dropout mask for each image.</summary>
internal sealed class TrainingOps : TensorOps
{
    private readonly int _dropoutSeed;

    /// <param name="dropoutSeed">Another one for each step, or each step would drop the same values.</param>
    public TrainingOps(int dropoutSeed) => _dropoutSeed = dropoutSeed;

    public override Tensor Dropout(Tensor x, DropoutSite site) => Masked(x, site, x.shape[0], _dropoutSeed);

    protected override Tensor Normalize(Tensor x, NormLayer norm) => norm.ByBatch(x);
}
