namespace TrainingSpeed;

/// <summary>The peer cannot run, or ended unexpectedly.</summary>
internal sealed class PeerException(string message) : Exception(message);
