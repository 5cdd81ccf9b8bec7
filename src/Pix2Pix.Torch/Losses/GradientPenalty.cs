using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The gradient penalty of Gulrajani et al. 2017, equation 3, second part: (|grad D(x, between)| - 1)^2, averaged over images. For each
/// image, between is a point on the line from translation to target. The input image is a condition; its gradient is not included.
/// </summary>
/// <remarks>
/// The paper's D returns one number per image. A PatchGAN returns many; the penalty uses their mean over patches and scales, as the
/// corresponding loss does. (A sum over patches, as in some implementations, would constrain D more strongly for larger images.)
/// </remarks>
internal static class GradientPenalty
{
    /// <summary>
    /// Draws the weight of the target in each interpolation, uniform in [0, 1): (N, 1, 1, 1). The values are the same on all devices.
    /// </summary>
    public static Tensor Shares(Tensor images, int seed)
    {
        var random = new Random(seed);
        var shares = new double[images.shape[0]];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = random.NextDouble();
        return tensor(shares, [shares.Length, 1, 1, 1], images.dtype).MovedTo(images.device);
    }

    /// <summary>Computes the penalty. Gradients flow to the discriminator's parameters.</summary>
    /// <param name="judge">The discriminator, conditioned on the input images.</param>
    /// <param name="target">(N, C, H, W).</param>
    /// <param name="fake">(N, C, H, W), detached.</param>
    /// <param name="shares">(N, 1, 1, 1), see <see cref="Shares"/>.</param>
    /// <returns>A scalar; 1 if the output of D is the same for all images.</returns>
    public static Tensor Of(Func<Tensor, DiscriminatorOutput> judge, Tensor target, Tensor fake, Tensor shares)
    {
        var between = fake.Plus(shares * (target - fake)).requires_grad_();
        var said = stack(judge(between).Logits.Select(logits => logits.mean([1, 2, 3]))).mean([0]); // (N)

        // Each number depends only on its own image, so the gradient of the sum contains the gradient of each.
        // TorchSharp frees the graph by default, even if the graph of the gradient needs it.
        var gradient = autograd.grad([said.sum()], [between], retain_graph: true, create_graph: true)[0]; // (N, C, H, W)
        return gradient.flatten(1).norm(dim: 1).Plus(-1).Squared().mean();
    }
}
