using System.Text.Json;

namespace Pix2Pix.Tests;

/// <summary>Files of reference/values, recorded with PyTorch.</summary>
internal static class ReferenceFile
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "reference", "values", name);

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path(name))).RootElement;

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    public static long[] Longs(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt64())];
}
