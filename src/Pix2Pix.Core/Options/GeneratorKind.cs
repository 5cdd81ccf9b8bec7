namespace Pix2Pix;

/// <summary>The generator architectures.</summary>
public enum GeneratorKind
{
    /// <summary>U-Net: encoder and decoder with skip connections, the paper's choice (Isola et al. 2017, section 3.2.1).</summary>
    UNet,

    /// <summary>The same without skip connections: the paper's ablation (section 4.2, table 2).</summary>
    EncoderDecoder,

    /// <summary>
    /// Two downsampling layers, residual blocks, two upsampling layers (Johnson et al. 2016, as used by Zhu et al. 2017, appendix 7.2): for
    /// images whose sides are multiples of 4.
    /// </summary>
    ResNet,
}
