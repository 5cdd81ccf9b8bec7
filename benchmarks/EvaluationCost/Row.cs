using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace EvaluationCost;

/// <summary>The declared size is not enforced by ML.NET; the images have the size given by the options.</summary>
internal sealed class Row
{
    [ImageType(256, 256)]
    public MLImage? Output { get; set; }

    [ImageType(256, 256)]
    public MLImage? Target { get; set; }
}
