using System.Text.Json.Serialization;
using Pix2Pix.Onnx;

namespace Pix2Pix;

/// <summary>The generated serializers of this assembly's records.</summary>
/// <remarks>Strict, because ignoring an unknown option would silently change the model.</remarks>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GeneratorOptions))]
[JsonSerializable(typeof(DiscriminatorOptions))]
[JsonSerializable(typeof(TrainingOptions))]
[JsonSerializable(typeof(ValidationOptions))]
[JsonSerializable(typeof(InferenceOptions))]
[JsonSerializable(typeof(PreprocessingOptions))]
[JsonSerializable(typeof(CheckpointOptions))]
[JsonSerializable(typeof(ReportOptions))]
[JsonSerializable(typeof(ModelShape))]
internal sealed partial class CoreJson : JsonSerializerContext;
