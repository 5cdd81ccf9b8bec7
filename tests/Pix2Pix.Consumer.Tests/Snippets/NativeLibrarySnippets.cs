using Pix2Pix.Torch;

namespace Pix2Pix.Consumer.Tests.Snippets;

/// <summary>The code of docs/native-libraries.md.</summary>
internal static class NativeLibrarySnippets
{
    public static void Initialize()
    {
        // <snippet>
        TorchRuntimeInfo info = TorchRuntime.Initialize();
        Console.WriteLine(info); // Which folder, which LibTorchSharp, with CUDA or not.
        // </snippet>
    }
}
