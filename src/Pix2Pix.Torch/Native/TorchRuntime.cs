using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch;

/// <summary>
/// Loads libtorch and TorchSharp's native library, from the right place and in the right order. This library calls
/// <see cref="Initialize"/> itself; an application that uses TorchSharp directly calls it before its first use of <c>torch</c>.
/// </summary>
/// <remarks>
/// libtorch comes from the folder that the environment variable PIX2PIX_LIBTORCH names, else from the folder <c>libtorch</c> beside
/// the application, else from where .NET looks for the native files of packages, else, in notebooks and scripts, from NuGet's folder of
/// packages.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lazy<TorchRuntimeInfo> Loaded = new(() => Load(NativeHost.Current));

    /// <summary>Loads the native libraries on the first call; later calls return the same answer. Thread-safe.</summary>
    /// <returns>Which libraries the process uses.</returns>
    /// <exception cref="TorchRuntimeException">
    /// The libraries are missing, damaged, do not fit each other or the system. Later calls throw the same exception again: a
    /// process whose libraries failed to load must be started anew.
    /// </exception>
    public static TorchRuntimeInfo Initialize() => Loaded.Value;

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
