using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

/// <summary>Discriminator outputs made of given logits.</summary>
internal static class Logits
{
    public static AdversarialLoss Loss(AdversarialKind kind) => AdversarialLoss.Create(new() { Adversarial = kind });

    /// <summary>One scale for each tensor, and no feature maps except the logits.</summary>
    public static DiscriminatorOutput Of(params Tensor[] scales) => new([.. scales.Select(logits => new[] { logits })]);
}
