namespace TrainingSpeed.SelfTests;

/// <summary>The result of a test.</summary>
/// <param name="Name">The name of the test, with the device.</param>
/// <param name="Passed">Whether the test passed.</param>
/// <param name="Measured">The measured values and their limits.</param>
internal sealed record Finding(string Name, bool Passed, string Measured);
