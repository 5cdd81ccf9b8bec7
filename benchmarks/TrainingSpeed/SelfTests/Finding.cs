namespace TrainingSpeed.SelfTests;

/// <summary>What a test found.</summary>
/// <param name="Name">What was tested, where.</param>
/// <param name="Passed">Whether it is as it must be.</param>
/// <param name="Measured">The numbers that say so, and what is allowed.</param>
internal sealed record Finding(string Name, bool Passed, string Measured);
