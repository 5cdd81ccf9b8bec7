namespace Pix2Pix.Torch;

/// <summary>Describes the native libraries that a process uses. Immutable and therefore thread-safe.</summary>
public sealed record TorchRuntimeInfo
{
    /// <summary>The folder that libtorch was loaded from.</summary>
    public required string LibTorchFolder { get; init; }

    /// <summary>TorchSharp's native library in use: either the file from its package or a private copy of it.</summary>
    public required string LibTorchSharpFile { get; init; }

    /// <summary>
    /// True if <see cref="LibTorchSharpFile"/> is a private copy that works with the system's libstdc++. This is needed on Linux systems
    /// whose libstdc++ is older than that of GCC 13, such as Debian 12 and Ubuntu 22.04.
    /// </summary>
    public required bool IsPatchedCopy { get; init; }

    /// <summary>
    /// True if <see cref="LibTorchFolder"/> also contains the CUDA libraries. This does not imply that a GPU can be used.
    /// </summary>
    public required bool HasCudaLibraries { get; init; }
}
