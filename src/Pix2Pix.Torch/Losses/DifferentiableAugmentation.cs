using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// What stands in front of the discriminator (Zhao et al. 2020, "Differentiable augmentation for data-efficient GAN training"): all that
/// it sees is changed at random, real or not, in both updates, and gradients flow through the change.
/// </summary>
internal sealed class DifferentiableAugmentation
{
    private readonly DiscriminatorAugmentation _kinds;

    public DifferentiableAugmentation(DiscriminatorAugmentation kinds) => _kinds = kinds;

    /// <summary>
    /// Changes a batch, each pair by its own draw: shift and square alike for the input and the image beside it, or they would not
    /// belong together; colours of the image alone.
    /// </summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="image">(N, C', H, W).</param>
    /// <param name="seed">The same seed draws the same.</param>
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
