using Pix2Pix.Torch;
using Pix2Pix.Torch.Native;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>
/// Checks whether this libtorch gives correct results on this machine: first on the CPU, then on CUDA compared with the CPU.
/// </summary>
internal static class SelfTestRun
{
    /// <summary>The relative rounding error of float32 in sums of thousands, with a margin.</summary>
    private const double CpuTolerance = 1e-5;

    /// <summary>cuDNN may transform the operands. TF32, which is off, would give errors of about 3e-4.</summary>
    private const double CudaTolerance = 1e-4;

    /// <summary>Runs the tests and prints the results.</summary>
    /// <param name="device">The CPU only, or CUDA as well, which is then required; null to test CUDA if it is available.</param>
    /// <returns>The exit code: 0 if all tests passed, otherwise 1.</returns>
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
            failed.Add(new Finding("cuda", Passed: false, "libtorch found no CUDA device"));
        Console.WriteLine(failed.Count > 0
            ? $"\n{failed.Count} failed:"
            : $"\nAll tests passed{(cuda ? "" : " on the CPU; CUDA was not tested")}.");
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
        Console.WriteLine($"libtorch {folder.Version ?? "of unknown version"}, {withOrWithout} CUDA");
        Console.WriteLine($"from {info.LibTorchFolder}");
        Console.WriteLine($"TorchSharp's {info.LibTorchSharpFile}{copy}");
        Console.WriteLine($"{get_num_threads()} threads; CUDA devices: {(cuda.is_available() ? cuda.device_count() : 0)}\n");
    }
}
