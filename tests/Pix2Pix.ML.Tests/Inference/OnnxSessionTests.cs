using Microsoft.ML.OnnxRuntime;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Tests.Inference;

public sealed class OnnxSessionTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(0, true)]
    public void Require_CpuIsEnough_Passes(int? device, bool fallback) => OnnxSession.Require(new GpuChoice(device, fallback));

    [Fact]
    public void Require_MissingGpu_ReportsWhatToDo()
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "This ONNX Runtime has CUDA.");

        var error = Assert.Throws<InvalidOperationException>(() => OnnxSession.Require(new GpuChoice(2, false)));

        Assert.Equal(
            "ONNX Runtime cannot use CUDA device 2 (its native library was built without CUDA). Reference Microsoft.ML.OnnxRuntime.Gpu " +
            "instead of Microsoft.ML.OnnxRuntime, and install CUDA 13 and cuDNN 9, or set FallbackToCpu.",
            error.Message);
    }
}
