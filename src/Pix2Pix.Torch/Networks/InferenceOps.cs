using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Runs layers for inference, as <see cref="InferenceOptions"/> specify. The result for an image does not depend on its batch.
/// </summary>
internal sealed class InferenceOps : TensorOps
{
    private readonly InferenceOptions _options;

    public InferenceOps(InferenceOptions options)
    {
        options.RequireStatistics();
        _options = options;
    }

    public override Tensor Dropout(Tensor x, DropoutSite site)
        => _options.Dropout ? Masked(x, site, count: 1, _options.DropoutSeed) : x;

    protected override Tensor Normalize(Tensor x, NormLayer norm)
        => _options.Statistics == NormStatistics.Image ? norm.ByImage(x) : norm.ByRunning(x);
}
