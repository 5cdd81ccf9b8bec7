namespace TrainingSpeed;

/// <summary>Who the peer is, and what is its own.</summary>
/// <param name="Python">The Python that has PyTorch.</param>
/// <param name="Blas">A folder that goes on its LD_LIBRARY_PATH, or null.</param>
/// <param name="ChannelsLast">Whether its maps lie channel by channel within a pixel.</param>
/// <param name="Compile">Whether its networks go through torch.compile.</param>
internal sealed record PeerOptions(string Python, string? Blas, bool ChannelsLast, bool Compile);
