using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace TranslationSpeed;

/// <summary>A row of images.</summary>
internal sealed class Row
{
    /// <summary>ML.NET cannot save a schema that only contains images.</summary>
    public string Name { get; set; } = string.Empty;

    // ML.NET requires a size and does not check it.
    [ImageType(256, 256)]
    public MLImage? Input { get; set; }

    [ImageType(256, 256)]
    public MLImage? Target { get; set; }
}
