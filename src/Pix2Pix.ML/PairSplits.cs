using Pix2Pix.ML.Data;

namespace Pix2Pix.ML;

/// <summary>The sets of a data set that comes in folders.</summary>
/// <param name="Train">To learn from: the folder "train".</param>
/// <param name="Validation">To validate with: the folder "val", "valid" or "validation"; null where there is none.</param>
/// <param name="Test">To test with: the folder "test"; null where there is none.</param>
public sealed record PairSplits(ImageFileView Train, ImageFileView? Validation, ImageFileView? Test);
