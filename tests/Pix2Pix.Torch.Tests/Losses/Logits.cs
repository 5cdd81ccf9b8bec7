using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

/// <summary>Judgements that no network made.</summary>
internal static class Logits
{
    public static AdversarialLoss Game(AdversarialKind kind) => AdversarialLoss.Create(new() { Adversarial = kind });

    /// <summary>One scale for each tensor, and no maps but the logits.</summary>
    public static DiscriminatorOutput Of(params Tensor[] scales) => new([.. scales.Select(logits => new[] { logits })]);
}
