using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

internal static class StepExtensions
{
    /// <summary>Performs a step and reads its losses.</summary>
    public static StepLosses StepAndRead(this Pix2PixTrainer trainer, Tensor input, Tensor target, double learningRate)
    {
        using var losses = trainer.Step(input, target, learningRate);
        return losses.Read();
    }
}
