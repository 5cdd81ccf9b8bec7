using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The mean absolute difference between the discriminator's maps of target and translation (Wang et al. 2018, section 3.2): of all layers
/// but the logits. As in the authors' implementation, pix2pixHD: a layer weighs 4 / layers, a scale 1 / scales.
/// </summary>
internal static class FeatureMatching
{
    /// <summary>Their discriminator has four maps besides the logits, which weigh 1 each.</summary>
    private const double Layers = 4;

    /// <summary>The loss, through which gradients flow to the translation alone.</summary>
    /// <param name="judge">The discriminator as it judged the translation, given the input images.</param>
    /// <param name="target">(N, C, H, W).</param>
    /// <param name="fake">What the discriminator says of the translation.</param>
    /// <returns>A scalar; 0 where the translation is the target.</returns>
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
