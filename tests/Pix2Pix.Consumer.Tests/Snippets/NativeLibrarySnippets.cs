using Pix2Pix.Torch;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/native-libraries.md.</summary>
internal static class NativeLibrarySnippets
{
    public static void Initialize()
    {
        // <snippet>
        TorchRuntimeInfo info = TorchRuntime.Initialize();
        Console.WriteLine(info); // the folder of libtorch, the file of LibTorchSharp, whether CUDA is included
        // </snippet>
    }
}
