using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Gulrajani et al. 2017, equation 3, second part: (|grad D(x, between)| - 1)^2, a mean over images. Between is, for each image, a point
/// on the line from translation to target; the input image is a condition, and no gradient with respect to it counts.
/// </summary>
/// <remarks>
/// The paper's D says one number of an image. Ours says many; the number is their mean over patches and scales, as in the loss that the
/// penalty belongs to. (A sum over patches, as some implementations have it, would bind D more tightly the larger the image.)
/// </remarks>
internal static class GradientPenalty
{
    /// <summary>The share of the target in each point between, drawn evenly from [0, 1): (N, 1, 1, 1), on any device the same.</summary>
    public static Tensor Shares(Tensor images, int seed)
    {
        var random = new Random(seed);
        var shares = new double[images.shape[0]];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = random.NextDouble();
        return tensor(shares, [shares.Length, 1, 1, 1], images.dtype).MovedTo(images.device);
    }

    /// <summary>The penalty, through which gradients flow to the discriminator's parameters.</summary>
    /// <param name="judge">The discriminator, given the input images.</param>
    /// <param name="target">(N, C, H, W).</param>
    /// <param name="fake">(N, C, H, W), detached.</param>
    /// <param name="shares">(N, 1, 1, 1), see <see cref="Shares"/>.</param>
    /// <returns>A scalar; 1 where D says the same of all images.</returns>
    public static Tensor Of(Func<Tensor, DiscriminatorOutput> judge, Tensor target, Tensor fake, Tensor shares)
    {
        var between = fake.Plus(shares * (target - fake)).requires_grad_();
        var said = stack(judge(between).Logits.Select(logits => logits.mean([1, 2, 3]))).mean([0]); // (N)

        // Each number depends on its own image alone, so the gradient of the sum holds the gradient of each.
        // TorchSharp frees the graph unless told otherwise, also where a graph of the gradient leads through it.
        var gradient = autograd.grad([said.sum()], [between], retain_graph: true, create_graph: true)[0]; // (N, C, H, W)
        return gradient.flatten(1).norm(dim: 1).Plus(-1).Squared().mean();
    }
}
