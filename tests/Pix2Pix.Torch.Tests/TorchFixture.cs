namespace Pix2Pix.Torch.Tests;

/// <summary>Loads libtorch before the first test that uses it.</summary>
public sealed class TorchFixture
{
    public TorchFixture() => TorchRuntime.Initialize();
}
