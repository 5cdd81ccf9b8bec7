namespace Pix2Pix.ML.Data;

/// <summary>Validates output paths of PNG files.</summary>
internal static class PngPath
{
    /// <exception cref="ArgumentException">The path does not end in .png.</exception>
    public static void Check(string path, string parameter)
    {
        if (!Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{path}' is to be written as PNG; expected a path that ends in .png.", parameter);
    }
}
