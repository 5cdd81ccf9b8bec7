namespace Pix2Pix.Torch.Tests;

public class AssemblyReferencesTests
{
    /// <summary>No ML.NET, no ONNX Runtime and no image library; TorchSharp only where networks are trained.</summary>
    [Theory]
    [InlineData(typeof(Pix2PixTrainer), "Pix2Pix.Core", "TorchSharp")]
    [InlineData(typeof(TrainingOptions), "Google.Protobuf", "MathNet.Numerics")]
    public void Library_References_AreTheseAlone(Type type, params string[] expected)
        => Assert.Equal(
            expected, type.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System.")).Order());
}
