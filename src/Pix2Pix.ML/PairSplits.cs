using Pix2Pix.ML.Data;

namespace Pix2Pix;

/// <summary>The splits of a data set that is organized in folders.</summary>
/// <param name="Train">The training set: the folder "train".</param>
/// <param name="Validation">The validation set: the folder "val", "valid" or "validation"; null if there is none.</param>
/// <param name="Test">The test set: the folder "test"; null if there is none.</param>
public sealed record PairSplits(ImageFileView Train, ImageFileView? Validation, ImageFileView? Test);
