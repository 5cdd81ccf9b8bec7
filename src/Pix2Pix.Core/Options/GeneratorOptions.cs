using System.Numerics;
using System.Text.Json.Serialization;

namespace Pix2Pix;

/// <summary>
/// The options of the generator: kind, image size, width and kinds of layers. Immutable; saved in model and checkpoint files.
/// </summary>
public sealed record GeneratorOptions
{
    /// <summary>The smallest side of an image: below it, a ResNet's blocks have nothing to pad by reflection.</summary>
    public const int MinSide = 8;

    /// <summary>The largest power of two that the U-Net halves down to one.</summary>
    public const int MaxSize = 1024;

    private const int MaxSide = 16 * MaxSize;

    private const int ResNetSideStep = 4; // two halvings

    private const int DeepSideStep = 32; // the five halvings of the smallest U-Net

    /// <summary>The paper's generator for 256x256 images.</summary>
    public static GeneratorOptions Default { get; } = new();

    /// <summary>The images' width in pixels.</summary>
    /// <value>
    /// The default is 256. A multiple of 4, from 8 to 16384; of 32, unless <see cref="Kind"/> is <see cref="GeneratorKind.ResNet"/>.
    /// </value>
    /// <remarks>See <see cref="Size"/> for how width and height give the depth.</remarks>
    public int Width { get; init => field = Side(value, nameof(Width)); } = 256;

    /// <summary>The images' height in pixels.</summary>
    /// <value>As for <see cref="Width"/>.</value>
    public int Height { get; init => field = Side(value, nameof(Height)); } = 256;

    /// <summary>The kind of network.</summary>
    /// <value>The default is <see cref="GeneratorKind.UNet"/>.</value>
    public GeneratorKind Kind { get; init => field = Guard.Defined(value); } = GeneratorKind.UNet;

    /// <summary>Channels of the input image.</summary>
    /// <value>The default is <see cref="ImageChannels.Rgb"/>.</value>
    public ImageChannels Input { get; init => field = Guard.Defined(value); } = ImageChannels.Rgb;

    /// <summary>Channels of the output image.</summary>
    /// <value>The default is <see cref="ImageChannels.Rgb"/>.</value>
    public ImageChannels Output { get; init => field = Guard.Defined(value); } = ImageChannels.Rgb;

    /// <summary>
    /// The number of filters of the outermost layer. Each halving doubles it, up to eight times this number; a ResNet halves twice.
    /// </summary>
    /// <value>The default is 64, as in the paper. At most 128: beyond that, an ONNX file could exceed its limit of 2 GiB.</value>
    public int Filters { get; init => field = Guard.InRange(value, 1, 128); } = 64;

    /// <summary>
    /// The normalization. The innermost block of a U-Net and of an encoder-decoder has none: normalizing a feature map with a single value
    /// would leave only the shift.
    /// </summary>
    /// <value>The default is <see cref="NormKind.Batch"/>.</value>
    public NormKind Norm { get; init => field = Guard.Defined(value); } = NormKind.Batch;

    /// <summary>How encoder and decoder are connected.</summary>
    /// <value>The default is <see cref="SkipConnections.ActivatedTogether"/>.</value>
    /// <remarks>Ignored by all kinds but <see cref="GeneratorKind.UNet"/>.</remarks>
    public SkipConnections Skips { get; init => field = Guard.Defined(value); } = SkipConnections.ActivatedTogether;

    /// <summary>
    /// Whether dropout with a probability of one half follows the decoder blocks next to the innermost block: three of them from 256 pixels
    /// on, two at 128, one at 64, none at 32. In a ResNet it is between the two convolutions of each block.
    /// </summary>
    /// <value>The default is <see langword="true"/>: it is the paper's only source of noise.</value>
    public bool Dropout { get; init; } = true;

    /// <summary>How feature maps are upsampled.</summary>
    /// <value>The default is <see cref="Upsampling.TransposedConvolution"/>, as in the paper.</value>
    public Upsampling Upsampling { get; init => field = Guard.Defined(value); } = Upsampling.TransposedConvolution;

    /// <summary>The number of residual blocks of a <see cref="GeneratorKind.ResNet"/>; 6 or 9 in other implementations.</summary>
    /// <value>The default is 9.</value>
    /// <remarks>Ignored by the other kinds.</remarks>
    public int ResidualBlocks { get; init => field = Guard.InRange(value, 1, 32); } = 9;

    /// <summary>The number of channels of <see cref="Input"/>.</summary>
    [JsonIgnore]
    public int InputChannels => Input.Count();

    /// <summary>The number of channels of <see cref="Output"/>.</summary>
    [JsonIgnore]
    public int OutputChannels => Output.Count();

    /// <summary>
    /// The U-Net's size: the largest power of two that divides both sides, at most 1024. The encoder halves it down to one, so a square
    /// image of this size ends in a 1x1 feature map, and a rectangle in a feature map of (height / size) x (width / size). The same applies
    /// to an encoder-decoder; a ResNet has no such size.
    /// </summary>
    [JsonIgnore]
    public int Size => Math.Min(MaxSize, 1 << BitOperations.TrailingZeroCount(Width | Height));

    /// <summary>The number of halvings: the base-two logarithm of <see cref="Size"/>.</summary>
    [JsonIgnore]
    public int Depth => BitOperations.Log2((uint)Size);

    /// <summary>The exported network accepts images whose sides are multiples of this value.</summary>
    internal int SideStep => Kind == GeneratorKind.ResNet ? ResNetSideStep : Size;

    /// <summary>The smallest side that the exported network accepts.</summary>
    internal int LeastSide => Kind == GeneratorKind.ResNet ? MinSide : Size;

    /// <summary>Describes why the sides do not suit this kind of network, and what to do; or null.</summary>
    internal string? SizeProblem => Kind != GeneratorKind.ResNet && (Width % DeepSideStep != 0 || Height % DeepSideStep != 0)
        ? $"Generator.Kind is {Kind}, which requires sides that are multiples of {DeepSideStep}, but the images are {Width}x{Height}; " +
            $"change the size, or use {nameof(GeneratorKind.ResNet)}, which accepts multiples of {ResNetSideStep}."
        : null;

    private static int Side(int value, string name)
    {
        if (value % ResNetSideStep == 0 && value is >= MinSide and <= MaxSide)
            return value;
        throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}; expected a multiple of {ResNetSideStep} from {MinSide} to {MaxSide}, preferably a power of " +
                "two.");
    }
}

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

/// <summary>The normalization that follows a convolution.</summary>
public enum NormKind
{
    /// <summary>Batch normalization with learned scale and shift, epsilon 1e-5, momentum 0.1: the paper's choice.</summary>
    Batch,

    /// <summary>Instance normalization without scale and shift, epsilon 1e-5: each image is normalized by itself.</summary>
    Instance,

    /// <summary>No normalization.</summary>
    None,
}

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

/// <summary>How a generator doubles the size of a feature map.</summary>
public enum Upsampling
{
    /// <summary>A transposed convolution: the paper's choice. Early in training it produces checkerboard artifacts.</summary>
    TransposedConvolution,

    /// <summary>
    /// Nearest-neighbor upsampling by two, reflection padding, a 3x3 convolution: no checkerboard artifacts (Odena, Dumoulin and Olah 2016,
    /// "Deconvolution and checkerboard artifacts").
    /// </summary>
    ResizeConvolution,
}
