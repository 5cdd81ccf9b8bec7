namespace Pix2Pix.Packages.Tests;

/// <summary>The dependencies of the packages. Each version is that of Directory.Packages.props.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class DependencyTests(PackedRepository packed)
{
    [Theory]
    [InlineData("Cpu.linux-x64", "libtorch-cpu-linux-x64", "Microsoft.ML.OnnxRuntime")]
    [InlineData("Cpu.win-x64", "libtorch-cpu-win-x64", "Microsoft.ML.OnnxRuntime")]
    [InlineData("Cpu.osx-arm64", "libtorch-cpu-osx-arm64", "Microsoft.ML.OnnxRuntime")]
    [InlineData("Cuda.linux-x64", "TorchSharp-cuda-linux", "Microsoft.ML.OnnxRuntime.Gpu.Linux")]
    [InlineData("Cuda.win-x64", "TorchSharp-cuda-windows", "Microsoft.ML.OnnxRuntime.Gpu.Windows")]
    public void Runtime_BringsLibtorchAndOnnxRuntimeOfItsPlatform(string name, string torch, string onnx)
        => AssertDependencies($"Pix2Pix.Runtime.{name}", torch, onnx);

    [Fact]
    public void Core_BringsManagedLibrariesOnly()
        => AssertDependencies("Pix2Pix.Core", "Google.Protobuf", "MathNet.Numerics", "System.IO.Hashing", "System.Numerics.Tensors");

    // Neither libtorch nor ONNX Runtime's native libraries: TorchSharp and OnnxRuntime.Managed do without.
    [Fact]
    public void Torch_BringsNoLibtorch()
        => AssertDependencies(
            "Pix2Pix.Torch", "Google.Protobuf", "MathNet.Numerics", "SharpZipLib", "SkiaSharp", "System.IO.Hashing", "System.Numerics.Tensors",
            "TorchSharp");

    [Fact]
    public void ML_BringsNeitherLibtorchNorOnnxRuntime()
    {
        using var package = packed.Open("Pix2Pix.ML");
        Assert.Contains($"Pix2Pix.Torch {packed.Version}", package.Dependencies);

        AssertDependencies(
            "Pix2Pix.ML", "Google.Protobuf", "MathNet.Numerics", "Microsoft.ML", "Microsoft.ML.ImageAnalytics",
            "Microsoft.ML.OnnxRuntime.Managed", "Microsoft.ML.OnnxTransformer", "SharpZipLib", "SkiaSharp",
            "SkiaSharp.NativeAssets.Linux.NoDependencies", "System.IO.Hashing", "System.Numerics.Tensors", "TorchSharp");
    }

    private void AssertDependencies(string id, params string[] expected)
    {
        var versions = Versions.Central;
        using var package = packed.Open(id);

        Assert.Equal(
            expected.Select(dependency => $"{dependency} {versions[dependency]}").Order(StringComparer.Ordinal),
            package.Dependencies.Where(dependency => !dependency.StartsWith("Pix2Pix.", StringComparison.Ordinal)));
    }
}
