namespace Pix2Pix.Torch;

/// <summary>Which native libraries a process uses. Immutable, and so safe to share between threads.</summary>
public sealed record TorchRuntimeInfo
{
    /// <summary>The folder that libtorch was loaded from.</summary>
    public required string LibTorchFolder { get; init; }

    /// <summary>TorchSharp's native library in use: the file of its package, or the private copy of it.</summary>
    public required string LibTorchSharpFile { get; init; }

    /// <summary>
    /// True where <see cref="LibTorchSharpFile"/> is a private copy that the system's libstdc++ accepts: on Linux systems whose
    /// libstdc++ is older than GCC 13's, such as Debian 12 and Ubuntu 22.04.
    /// </summary>
    public required bool IsPatchedCopy { get; init; }

    /// <summary>True if <see cref="LibTorchFolder"/> holds the CUDA libraries too. It does not say that a GPU can be used.</summary>
    public required bool HasCudaLibraries { get; init; }
}
