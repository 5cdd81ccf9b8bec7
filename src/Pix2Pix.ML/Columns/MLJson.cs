using System.Text.Json.Serialization;

namespace Pix2Pix.ML.Columns;

/// <summary>The generated serializers of what saved pipelines contain besides the options of training.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SizingOptions))]
[JsonSerializable(typeof(StageColumns))]
internal sealed partial class MLJson : JsonSerializerContext;
