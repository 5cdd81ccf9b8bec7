using System.Text.Json;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

/// <summary>One case of reference/values/resize.json, which reference/resize_reference.py records with Pillow.</summary>
public sealed record ResizeReference(ResizeKernel Kernel, uint Seed, int[] From, int[] To, string Sha256, byte[]? Pixels)
{
    public static IReadOnlyList<ResizeReference> All { get; } = Read();

    /// <summary>The input, drawn by the same generator as in resize_reference.py.</summary>
    public PixelImage Input()
    {
        var image = new PixelImage(From[0], From[1]);
        uint state = Seed;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            state = unchecked(state * 1664525 + 1013904223);
            uint value = state >> 24;
            image.Pixels[i] = (state >> 16 & 1) == 1 ? (byte)value : value > 127 ? byte.MaxValue : byte.MinValue;
        }

        return image;
    }

    private static ResizeReference[] Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "reference", "values", "resize.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(ReadCase)];
    }

    private static ResizeReference ReadCase(JsonElement element) => new(
        Enum.Parse<ResizeKernel>(element.GetProperty("kernel").GetString()!),
        element.GetProperty("seed").GetUInt32(),
        [.. element.GetProperty("from").EnumerateArray().Select(side => side.GetInt32())],
        [.. element.GetProperty("to").EnumerateArray().Select(side => side.GetInt32())],
        element.GetProperty("sha256").GetString()!,
        element.TryGetProperty("pixels", out JsonElement pixels) ? pixels.GetBytesFromBase64() : null);
}
