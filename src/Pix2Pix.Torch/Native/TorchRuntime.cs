using Pix2Pix.Torch.Native;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// Loads libtorch and TorchSharp's native library from the right location and in the right order. This library calls
/// <see cref="Initialize"/> itself; an application that uses TorchSharp directly must call it before its first use of <c>torch</c>.
/// </summary>
/// <remarks>
/// libtorch is loaded from the first of these locations that applies: the folder named by the environment variable PIX2PIX_LIBTORCH; the
/// folder <c>libtorch</c> next to the application; the locations where .NET looks for native files of packages; and, in notebooks and
/// scripts, the NuGet package folder.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lazy<TorchRuntimeInfo> Loaded = new(() => Load(NativeHost.Current));

    /// <summary>Loads the native libraries on the first call; later calls return the same result. Thread-safe.</summary>
    /// <returns>The libraries that the process uses.</returns>
    /// <exception cref="TorchRuntimeException">
    /// The libraries are missing, damaged, or incompatible with each other or the system. Later calls throw the same exception: after a
    /// failed load, the process must be restarted.
    /// </exception>
    public static TorchRuntimeInfo Initialize() => Loaded.Value;

    /// <summary>Determines whether this CUDA device is available to libtorch.</summary>
    /// <param name="gpuDeviceId">The number of the device, from 0.</param>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message states the cause and the remedy.</exception>
    public static bool IsGpuAvailable(int gpuDeviceId)
    {
        Initialize();
        return gpuDeviceId >= 0 && cuda.is_available() && gpuDeviceId < cuda.device_count();
    }

    internal static TorchRuntimeInfo Load(Func<NativeHost> findHost)
    {
        try
        {
            var host = findHost();
            return NativeLoader.Load(NativeLibraryPlan.Create(host), host);
        }
        catch (ElfFormatException e)
        {
            throw new TorchRuntimeException(NativeErrors.Damaged(e.Message), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TorchRuntimeException(NativeErrors.Unreadable(e.Message), e);
        }
    }
}

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

/// <summary>
/// The native libraries (libtorch and TorchSharp's own) cannot be used on this machine. The message names the file or folder at fault, the
/// reason and the fix.
/// </summary>
public sealed class TorchRuntimeException : Pix2PixException
{
    internal TorchRuntimeException(string message)
        : base(message)
    {
    }

    internal TorchRuntimeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
