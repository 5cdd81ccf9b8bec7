using Pix2Pix.Torch.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>The form of an exported model that a way of sizing needs.</summary>
internal static class ModelForm
{
    /// <summary>The model, and the length of the statistics that parts of an image share, or 0.</summary>
    /// <exception cref="ArgumentException">The model does not take images of their own size.</exception>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static (byte[] Model, int Statistics) Of(byte[] model, ImageSizing sizing) => sizing switch
    {
        ImageSizing.OwnSize when AnySizeModel.Obstacle(model) is { } obstacle => throw new ArgumentException(
            $"{obstacle} Images of their own size cannot be translated. Use {nameof(ImageSizing)}.{nameof(ImageSizing.Tiles)}, " +
            "or make a model that has no such limit."),
        ImageSizing.OwnSize => (AnySize(model), 0),
        ImageSizing.Tiles when AnySizeModel.NormalizesByImage(model) => Shared(model),
        _ => (model, 0),
    };

    private static byte[] AnySize(byte[] model)
    {
        using var stream = new MemoryStream(model.Length);
        AnySizeModel.Write(model, stream);
        return stream.ToArray();
    }

    private static (byte[] Model, int Statistics) Shared(byte[] model)
    {
        using var stream = new MemoryStream(model.Length);
        var statistics = AnySizeModel.WriteShared(model, stream);
        return (stream.ToArray(), statistics);
    }
}
