namespace Pix2Pix.Onnx;

/// <summary>A node read from a model: NodeProto in onnx.proto.</summary>
/// <param name="Inputs">The names of the input values.</param>
/// <param name="Outputs">The names of the output values.</param>
/// <param name="Type">The operator.</param>
/// <param name="Rest">The remaining fields: name and attributes.</param>
internal sealed record OnnxNode(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string Type, ProtoMessage Rest)
{
    private const int InputField = 1;
    private const int OutputField = 2;
    private const int TypeField = 4;
    private const int AttributeField = 5;
    private const int AttributeFloatField = 2;
    private const int AttributeTensorField = 5; // AttributeProto

    public static OnnxNode Read(ProtoMessage node) => new(
        [.. node.Texts(InputField)],
        [.. node.Texts(OutputField)],
        node.Texts(TypeField).FirstOrDefault() ?? string.Empty,
        node.Without(InputField).Without(OutputField).Without(TypeField));

    /// <summary>The first tensor among the attributes (TensorProto), or null if there is none.</summary>
    public ProtoMessage? Tensor
        => Rest.Messages(AttributeField).SelectMany(attribute => attribute.Messages(AttributeTensorField)).FirstOrDefault();

    /// <summary>Returns the value of a float attribute, or a default value if the attribute is missing.</summary>
    public float Float(string name, float otherwise)
        => Rest.Messages(AttributeField).FirstOrDefault(attribute => attribute.Texts(1).FirstOrDefault() == name)?.Float(AttributeFloatField)
            ?? otherwise;

    public ProtoMessage ToMessage()
        => new ProtoMessage().AddEach(InputField, Inputs).AddEach(OutputField, Outputs).Add(TypeField, Type).AddAll(Rest);
}
