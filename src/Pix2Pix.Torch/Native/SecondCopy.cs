namespace Pix2Pix.Torch.Native;

/// <summary>
/// Detects a second libtorch. TorchSharp loads torch_cpu and torch_cuda by name, and .NET searches its own directories before it uses a
/// loaded library. A different file there would be loaded as well, and a second libtorch aborts the process when it registers its
/// operators.
/// </summary>
internal static class SecondCopy
{
    private static readonly string[] AskedFor = ["torch_cpu", "torch_cuda"];

    public static void Check(NativeHost host, LibTorchFolder chosen)
    {
        foreach (string library in AskedFor)
        {
            string? probed = host.ProbedDirectories
                .Select(directory => Path.Combine(directory, host.Platform.FileName(library)))
                .FirstOrDefault(File.Exists);
            if (probed is not null && !FileStatus.IsSameFile(probed, chosen.FilePath(library)))
                throw new TorchRuntimeException(NativeErrors.SecondCopy(chosen, probed));
        }
    }
}
