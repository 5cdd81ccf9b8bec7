using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Optimization;

namespace Pix2Pix.Torch;

/// <summary>The generated serializers of what checkpoints contain besides tensors and options.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CheckpointDocument))]
[JsonSerializable(typeof(ValidationCallback.SavedState))]
[JsonSerializable(typeof(ImagePoolContent))]
[JsonSerializable(typeof(AverageCounters))]
[JsonSerializable(typeof(OptimizerCounters))]
internal sealed partial class TorchJson : JsonSerializerContext
{
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
