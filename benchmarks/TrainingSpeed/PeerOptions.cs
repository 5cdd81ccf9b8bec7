namespace TrainingSpeed;

/// <summary>The options of the peer.</summary>
/// <param name="Python">The Python that has PyTorch.</param>
/// <param name="Blas">A folder to add to its LD_LIBRARY_PATH, or null.</param>
/// <param name="ChannelsLast">Whether its activations have the channels-last layout.</param>
/// <param name="Compile">Whether its networks are compiled with torch.compile.</param>
internal sealed record PeerOptions(string Python, string? Blas, bool ChannelsLast, bool Compile);
