using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace TrainingMemory;

/// <summary>The declared size is not enforced by ML.NET; the images have the size given by the options.</summary>
internal sealed class Row
{
    [ImageType(64, 64)]
    public MLImage? Input { get; set; }

    [ImageType(64, 64)]
    public MLImage? Target { get; set; }
}
