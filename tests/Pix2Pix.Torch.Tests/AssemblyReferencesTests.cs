namespace Pix2Pix.Torch.Tests;

public class AssemblyReferencesTests
{
    /// <summary>The networks know nothing of ML.NET, of ONNX Runtime or of image libraries.</summary>
    [Fact]
    public void Library_References_AreTorchSharpProtobufAndMathNetAlone()
    {
        var references = typeof(Pix2PixTrainer).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.ML", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["Google.Protobuf", "MathNet.Numerics", "TorchSharp"], references.Where(name => !name.StartsWith("System.")).Order());
    }
}
