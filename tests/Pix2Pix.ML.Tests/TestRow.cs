using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Tests;

/// <summary>A row of a training or a translation. The declared size is not enforced by ML.NET.</summary>
public sealed class TestRow
{
    public string Name { get; set; } = string.Empty;

    [ImageType(32, 32)]
    public MLImage? Input { get; set; }

    [ImageType(32, 32)]
    public MLImage? Target { get; set; }
}
