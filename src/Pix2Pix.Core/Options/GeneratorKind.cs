namespace Pix2Pix;

/// <summary>The networks that turn an image into another.</summary>
public enum GeneratorKind
{
    /// <summary>Encoder and decoder with skip connections: the paper's choice (Isola et al. 2017, section 3.2.1).</summary>
    UNet,

    /// <summary>The same without skip connections: the paper's ablation (section 4.2, table 2).</summary>
    EncoderDecoder,

    /// <summary>
    /// Two halvings, residual blocks, two doublings (Johnson et al. 2016, as used by Zhu et al. 2017, appendix 7.2): for images of any
    /// size that is a multiple of 4.
    /// </summary>
    ResNet,
}
