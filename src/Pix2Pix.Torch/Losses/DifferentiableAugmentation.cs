using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Augments the inputs of the discriminator (Zhao et al. 2020, "Differentiable augmentation for data-efficient GAN training"). Real and
/// generated images are augmented at random in both updates, and gradients flow through the augmentation.
/// </summary>
internal sealed class DifferentiableAugmentation
{
    private readonly DiscriminatorAugmentation _kinds;

    public DifferentiableAugmentation(DiscriminatorAugmentation kinds) => _kinds = kinds;

    /// <summary>
    /// Augments a batch, with a separate draw for each pair. Translation and cutout are the same for the input and its image, so that
    /// they stay aligned; color changes apply to the image only.
    /// </summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="image">(N, C', H, W).</param>
    /// <param name="seed">The same seed gives the same augmentation.</param>
    public (Tensor Input, Tensor Image) Apply(Tensor input, Tensor image, int seed)
    {
        var random = new Random(seed);
        var (count, height, width) = ((int)image.shape[0], (int)image.shape[2], (int)image.shape[3]);
        if (_kinds.HasFlag(DiscriminatorAugmentation.Color))
            image = ColorDraw.Draw(random, count).Apply(image);
        if (_kinds.HasFlag(DiscriminatorAugmentation.Translation))
        {
            var draw = TranslationDraw.Draw(random, count, height, width);
            (input, image) = (draw.Apply(input), draw.Apply(image));
        }

        if (_kinds.HasFlag(DiscriminatorAugmentation.Cutout))
        {
            var draw = CutoutDraw.Draw(random, count, height, width);
            (input, image) = (draw.Apply(input), draw.Apply(image));
        }

        return (input, image);
    }
}
