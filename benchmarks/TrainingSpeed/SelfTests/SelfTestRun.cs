using Pix2Pix.Torch;
using Pix2Pix.Torch.Native;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>Whether the libtorch at hand computes rightly on this machine: first on the CPU, then on CUDA against the CPU.</summary>
internal static class SelfTestRun
{
    /// <summary>The length of a rounding error of float32, over sums of thousands, with room.</summary>
    private const double CpuTolerance = 1e-5;

    /// <summary>cuDNN may transform what it multiplies. TF32, which is off, would be some 3e-4 off.</summary>
    private const double CudaTolerance = 1e-4;

    /// <summary>Prints what it finds.</summary>
    /// <param name="device">The CPU alone; or CUDA as well, which must be there; null: CUDA where it is there.</param>
    /// <returns>The exit code: 0 where all is well, 1 where something is not.</returns>
    public static int Run(ComputeDevice? device)
    {
        try
        {
            Describe(TorchRuntime.Initialize());
        }
        catch (TorchRuntimeException e)
        {
            Console.WriteLine($"libtorch cannot be used. {e.Message}");
            return 1;
        }

        bool cuda = device != ComputeDevice.Cpu && TorchRuntime.IsGpuAvailable(0);
        List<Finding> failed = [];
        foreach (Finding finding in All(cuda))
        {
            Console.WriteLine($"{(finding.Passed ? "pass" : "FAIL")}  {finding.Name}: {finding.Measured}");
            if (!finding.Passed)
                failed.Add(finding);
        }

        if (device == ComputeDevice.Cuda && !cuda)
            failed.Add(new Finding("cuda", Passed: false, "libtorch sees no CUDA device"));
        Console.WriteLine(failed.Count > 0
            ? $"\n{failed.Count} failed:"
            : $"\nAll is well{(cuda ? "" : " on the CPU; CUDA was not tested")}.");
        foreach (Finding finding in failed)
            Console.WriteLine($"  {finding.Name}: {finding.Measured}");
        return failed.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<Finding> All(bool cuda)
    {
        foreach (Finding finding in ConvolutionTests.On(ComputeDevice.Cpu, CpuTolerance))
            yield return finding;
        yield return AdamTests.OnePass();
        var (losses, findings) = TrainingTests.OnCpu();
        foreach (Finding finding in findings)
            yield return finding;
        if (!cuda)
            yield break;

        using var exact = TensorFloat32.On(ComputeDevice.Cuda.Device(), allowed: false);
        foreach (Finding finding in ConvolutionTests.On(ComputeDevice.Cuda, CudaTolerance))
            yield return finding;
        yield return AdamTests.On(ComputeDevice.Cuda);
        foreach (Finding finding in TrainingTests.OnCuda(losses))
            yield return finding;
    }

    private static void Describe(TorchRuntimeInfo info)
    {
        LibTorchFolder folder = new(info.LibTorchFolder, NativePlatform.Current, IsFromVariable: false);
        string copy = info.IsPatchedCopy ? ", a private copy for this system's libstdc++" : "";
        string withOrWithout = info.HasCudaLibraries ? "with" : "without";
        Console.WriteLine($"libtorch {folder.Version ?? "of a version that no file tells"}, {withOrWithout} CUDA");
        Console.WriteLine($"from {info.LibTorchFolder}");
        Console.WriteLine($"TorchSharp's {info.LibTorchSharpFile}{copy}");
        Console.WriteLine($"{get_num_threads()} threads; CUDA devices: {(cuda.is_available() ? cuda.device_count() : 0)}\n");
    }
}
