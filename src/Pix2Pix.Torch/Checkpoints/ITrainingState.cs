namespace Pix2Pix.Torch.Checkpoints;

/// <summary>A part of a training that has something to keep: what it writes, it reads again, and is then as it was.</summary>
/// <remarks>
/// Written between two steps only. What the options give is not kept, and no state of a random generator: all draws derive from the seed
/// and the position.
/// </remarks>
internal interface ITrainingState
{
    /// <summary>Unique in the training, in lower case. It names the part in the file: once chosen, it stays.</summary>
    string Name { get; }

    /// <summary>Names the values and tensors to keep.</summary>
    void Write(StateWriter to);

    /// <summary>Takes them back.</summary>
    void Read(StateReader from);
}
