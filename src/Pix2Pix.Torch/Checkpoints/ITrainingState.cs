namespace Pix2Pix.Torch.Checkpoints;

/// <summary>A part of a training with state to save. Reading the written state restores the part exactly.</summary>
/// <remarks>
/// State is written only between two steps. Values that follow from the options are not saved, and neither is the state of any random
/// generator: all random numbers derive from the seed and the position.
/// </remarks>
internal interface ITrainingState
{
    /// <summary>A unique name within the training, in lowercase. It identifies the part in the file, so it must not change.</summary>
    string Name { get; }

    /// <summary>Writes the values and tensors to save.</summary>
    void Write(StateWriter to);

    /// <summary>Restores the values and tensors.</summary>
    void Read(StateReader from);
}
