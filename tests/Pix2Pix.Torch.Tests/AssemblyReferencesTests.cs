namespace Pix2Pix.Torch.Tests;

public class AssemblyReferencesTests
{
    /// <summary>No ML.NET, no ONNX Runtime and no image library; TorchSharp only where networks are trained.</summary>
    [Theory]
    [InlineData(typeof(Pix2PixTrainer), "Pix2Pix.Core", "TorchSharp")]
    [InlineData(typeof(TrainingOptions), "Google.Protobuf", "MathNet.Numerics")]
    public void Library_References_AreTheseOnly(Type type, params string[] expected)
    {
        var references = type.Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        Assert.Equal(expected, references.Where(name => !IsFramework(name)).Order());
    }

    // Microsoft.VisualBasic.Core, which has TextFieldParser, is part of .NET.
    private static bool IsFramework(string name) => name.StartsWith("System.") || name == "Microsoft.VisualBasic.Core";
}
