namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The U-Net of Isola et al. 2017, section 3.2.1 and appendix 6.1: the encoder-decoder with skip connections between feature maps of the
/// same size.
/// </summary>
internal sealed class UNetGenerator : EncoderDecoderGenerator
{
    public UNetGenerator(GeneratorOptions options, TensorFactory place) : base(nameof(UNetGenerator), options, maps: 2, place)
    {
    }

    private protected override T Join<T>(ILayerOps<T> ops, T encoder, T decoder) => Options.Skips switch
    {
        SkipConnections.BeforeActivation => ops.Concat(encoder, ops.Relu(decoder)),
        _ => ops.Relu(ops.Concat(encoder, decoder)),
    };
}
