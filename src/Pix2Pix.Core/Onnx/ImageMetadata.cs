namespace Pix2Pix.Onnx;

/// <summary>Standard ONNX metadata of image models: github.com/onnx/onnx/blob/main/docs/MetadataProps.md.</summary>
internal static class ImageMetadata
{
    public static ColorOrder? Order(IEnumerable<KeyValuePair<string, string>> metadata) => Find(metadata, "Image.BitmapPixelFormat") switch
    {
        "Rgb8" or "Rgba8" => ColorOrder.Rgb,
        "Bgr8" or "Bgra8" => ColorOrder.Bgr,
        _ => null,
    };

    public static ValueRange? Range(IEnumerable<KeyValuePair<string, string>> metadata) => Find(metadata, "Image.NominalPixelRange") switch
    {
        "NominalRange_0_255" => ValueRange.Bytes,
        "NominalRange_16_235" => new ValueRange(16, 235),
        "Normalized_0_1" => ValueRange.Unit,
        "Normalized_1_1" => ValueRange.SignedUnit,
        _ => null,
    };

    private static string? Find(IEnumerable<KeyValuePair<string, string>> metadata, string key)
        => metadata.FirstOrDefault(pair => pair.Key == key).Value;
}
