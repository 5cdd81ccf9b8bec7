using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Sets libtorch's number of threads until it is disposed.</summary>
internal sealed class ThreadCount : IDisposable
{
    private readonly int _before = get_num_threads();

    public ThreadCount(int threads) => set_num_threads(threads);

    public void Dispose() => set_num_threads(_before);
}
