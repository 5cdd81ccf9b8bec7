namespace Pix2Pix.ML.Columns;

/// <summary>The columns of a pix2pix stage. Written into the metadata of the ONNX model inside a saved pipeline.</summary>
/// <param name="Input">The column of images to translate.</param>
/// <param name="Output">The column of translated images.</param>
internal sealed record StageColumns(string Input, string Output)
{
    /// <summary>The metadata key.</summary>
    public const string Key = "pix2pix.columns";
}
