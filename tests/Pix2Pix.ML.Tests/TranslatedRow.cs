using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Tests;

public sealed class TranslatedRow
{
    public string Name { get; set; } = string.Empty;

    [ImageType(32, 32)]
    public MLImage? Output { get; set; }
}
