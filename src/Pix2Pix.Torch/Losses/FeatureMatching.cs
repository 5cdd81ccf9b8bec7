using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The feature matching loss: the mean absolute difference between the discriminator's feature maps of target and translation (Wang et
/// al. 2018, section 3.2), for all layers except the logits. As in the authors' implementation, pix2pixHD, the weight of a layer is
/// 4 / layers, and that of a scale is 1 / scales.
/// </summary>
internal static class FeatureMatching
{
    /// <summary>The pix2pixHD discriminator has four feature maps besides the logits, with a weight of 1 each.</summary>
    private const double Layers = 4;

    /// <summary>Computes the loss. Gradients flow only to the translation.</summary>
    /// <param name="judge">The discriminator, conditioned on the input images, as it was applied to the translation.</param>
    /// <param name="target">(N, C, H, W).</param>
    /// <param name="fake">The discriminator output for the translation.</param>
    /// <returns>A scalar; 0 if the translation equals the target.</returns>
    public static Tensor Of(Func<Tensor, DiscriminatorOutput> judge, Tensor target, DiscriminatorOutput fake)
    {
        DiscriminatorOutput real;
        using (no_grad())
            real = judge(target);
        return stack(fake.Scales.Zip(real.Scales, OfScale)).mean();
    }

    private static Tensor OfScale(Tensor[] fake, Tensor[] real)
        => stack(fake[..^1].Zip(real[..^1], (f, r) => nn.functional.l1_loss(f.Widened(), r.Widened()))).mean().Times(Layers);
}
