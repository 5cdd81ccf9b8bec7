using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Creates the variant of an exported model that a sizing mode needs.</summary>
internal static class SessionModel
{
    /// <summary>The reason that a model cannot be used with a sizing mode, or null if it can.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX model.</exception>
    public static string? Problem(byte[] model, ImageSizing sizing) => sizing switch
    {
        ImageSizing.Tiles when ModelShape.Of(OnnxMetadata.All(model)) is { Width: < 2 } or { Height: < 2 }
            => "Sizing.Kind is Tiles, but the model's images are only one pixel wide or high, which is too small for tiling; choose " +
                "another sizing.",
        ImageSizing.OriginalSize when DynamicShapeModel.Obstacle(model) is { } obstacle
            => $"Sizing.Kind is OriginalSize, but {obstacle}; choose another sizing, such as Tiles, or use a model without this " +
                "limitation.",
        _ => null,
    };

    /// <summary>
    /// The variant, or null if it is the model itself; and the length of the statistics that tiles of an image share, or 0.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The model does not accept images as the sizing mode requires; the message names the mode.
    /// </exception>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX model.</exception>
    public static (ModelFile? Form, int Statistics) Of(byte[] model, ImageSizing sizing)
    {
        if (Problem(model, sizing) is { } problem)
            throw new ArgumentException(problem, nameof(sizing));
        var statistics = 0;
        return sizing switch
        {
            ImageSizing.OriginalSize => (ModelFile.Written(stream => DynamicShapeModel.Write(model, stream)), 0),
            ImageSizing.Tiles when DynamicShapeModel.NormalizesByImage(model) => (
                ModelFile.Written(stream => statistics = DynamicShapeModel.WriteShared(model, stream)), statistics),
            _ => (null, 0),
        };
    }
}
