using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>
/// Loads libtorch before the first test that uses it. Uses one thread, because the networks of the tests are too small for more.
/// </summary>
public sealed class TorchFixture
{
    public TorchFixture()
    {
        TorchRuntime.Initialize();
        set_num_threads(1);
    }
}
