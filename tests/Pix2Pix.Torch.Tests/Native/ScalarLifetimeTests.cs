using Mono.Cecil;
using TorchSharp;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>
/// Many functions of TorchSharp create a Scalar from a number, pass its handle to native code and do not keep it alive during the call.
/// Only their IL shows which ones; a sum of two tensors is among them.
/// </summary>
public sealed class ScalarLifetimeTests
{
    private const string ScalarType = "TorchSharp.Scalar";

    private static readonly ModuleDefinition Binding = Read(typeof(torch).Assembly.Location);
    private static readonly HashSet<string> Unsafe = FindUnsafe();

    [Fact]
    public void Library_Calls_NoFunctionThatLosesAScalar()
    {
        var calls =
            from method in Read(typeof(Pix2PixTrainer).Assembly.Location).GetTypes().SelectMany(type => type.Methods)
            from called in Calls(method)
            where Unsafe.Contains(called.FullName)
            select $"{method.DeclaringType.Name}.{method.Name} calls {called.FullName}";

        Assert.Empty(calls);
    }

    [Theory]
    [InlineData("op_Addition", true)]
    [InlineData("square", true)]
    [InlineData("leaky_relu", false)]
    [InlineData("tanh", false)]
    public void Tensor_Functions_AreUnsafeWhereTheyMakeAScalar(string name, bool expected)
    {
        var ofTensors = Binding.GetType("TorchSharp.torch/Tensor").Methods.Where(
            method => method.Name == name && method.Parameters.All(p => p.ParameterType.Name is "Tensor" or "Scalar"));

        Assert.Contains(ofTensors, method => Unsafe.Contains(method.FullName) == expected);
    }

    // Functions that create a Scalar without disposing it, and all their callers. A function that returns a Scalar leaves disposal to
    // its caller.
    private static HashSet<string> FindUnsafe()
    {
        var methods = Binding.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray();
        var found = methods.Where(method => IsNotOfScalar(method) && Loses(method)).Select(method => method.FullName).ToHashSet();
        for (var known = 0; known < found.Count;)
        {
            known = found.Count;
            found.UnionWith(methods.Where(method => Calls(method).Any(called => found.Contains(called.FullName))).Select(m => m.FullName));
        }

        return found;
    }

    private static bool IsNotOfScalar(MethodDefinition method)
        => method.ReturnType.FullName != ScalarType && method.DeclaringType.FullName != ScalarType;

    private static bool Loses(MethodDefinition method)
    {
        var calls = Calls(method).ToArray();
        return calls.Any(called => called.ReturnType.FullName == ScalarType && called.Name is "op_Implicit" or "ToScalar")
            && !calls.Any(called => called.Name == nameof(IDisposable.Dispose));
    }

    private static IEnumerable<MethodReference> Calls(MethodDefinition method)
        => method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>() : [];

    private static ModuleDefinition Read(string path) => ModuleDefinition.ReadModule(path);
}
