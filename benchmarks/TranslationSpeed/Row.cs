using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace TranslationSpeed;

/// <summary>A row of images.</summary>
internal sealed class Row
{
    /// <summary>ML.NET saves no schema that has images alone.</summary>
    public string Name { get; set; } = string.Empty;

    // ML.NET wants a size and does not check it.
    [ImageType(256, 256)]
    public MLImage? Input { get; set; }

    [ImageType(256, 256)]
    public MLImage? Target { get; set; }
}
