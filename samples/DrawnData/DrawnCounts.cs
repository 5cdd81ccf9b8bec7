namespace DrawnData;

/// <summary>How many pairs a drawn data set has. A folder without pairs is not made.</summary>
/// <param name="Train">Pairs in the folder "train".</param>
/// <param name="Validation">Pairs in the folder "val".</param>
/// <param name="Test">Pairs in the folder "test".</param>
public sealed record DrawnCounts(int Train, int Validation, int Test = 0);
