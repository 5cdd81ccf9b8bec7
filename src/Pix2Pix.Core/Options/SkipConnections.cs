namespace Pix2Pix;

/// <summary>What a decoder block of the U-Net sees of the encoder's output of the same size.</summary>
public enum SkipConnections
{
    /// <summary>
    /// ReLU is applied over the concatenation of the encoder's and the decoder's output, as in the paper and in its public
    /// implementations.
    /// </summary>
    ActivatedTogether,

    /// <summary>
    /// The encoder's output before its activation is joined to the decoder's output after its activation, and nothing more is
    /// applied to the joined part.
    /// </summary>
    BeforeActivation,
}
