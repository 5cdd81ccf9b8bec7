namespace Pix2Pix;

/// <summary>How a decoder block of the U-Net uses the encoder's output of the same size.</summary>
public enum SkipConnections
{
    /// <summary>
    /// ReLU is applied to the concatenation of the encoder's and the decoder's output, as in the paper and its public implementations.
    /// </summary>
    ActivatedTogether,

    /// <summary>
    /// The encoder's output before its activation is concatenated with the decoder's output after its activation, and no further activation
    /// is applied to the result.
    /// </summary>
    BeforeActivation,
}
