using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>The discriminator output for a batch: for each scale, finest first, the activations of all layers.</summary>
/// <param name="Scales">
/// [scale][layer]: activations of any shape (N, C, h, w). The last of each scale are its logits (N, 1, h, w); positive means real.
/// </param>
internal sealed record DiscriminatorOutput(Tensor[][] Scales)
{
    /// <summary>The logits of each scale, in float32 if activations are bfloat16.</summary>
    public IEnumerable<Tensor> Logits => Scales.Select(layers => layers[^1].Widened());
}
