using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>What the discriminator says of a batch: for each scale, the finest first, the maps of all its layers.</summary>
/// <param name="Scales">
/// [scale][layer]: activated maps of any shape (N, C, h, w), the last of a scale being its logits (N, 1, h, w); positive is real.
/// </param>
internal sealed record DiscriminatorOutput(Tensor[][] Scales)
{
    /// <summary>The logits of each scale; float32 where maps are bfloat16.</summary>
    public IEnumerable<Tensor> Logits => Scales.Select(layers => layers[^1].Widened());
}
