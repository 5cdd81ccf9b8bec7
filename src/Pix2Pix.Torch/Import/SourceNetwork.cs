using System.Globalization;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Import;

/// <summary>A generator of junyanz/pytorch-CycleGAN-and-pix2pix (models/networks.py), identified by the names of its weights.</summary>
internal abstract class SourceNetwork
{
    private const int MaxNamed = 8;

    public abstract GeneratorKind Kind { get; }

    /// <summary>The network with these names.</summary>
    /// <exception cref="InvalidDataException">The names are not those of such a generator.</exception>
    public static SourceNetwork Of(IReadOnlyCollection<string> names)
    {
        if (names.Any(name => name.StartsWith(SourceUNet.Prefix, StringComparison.Ordinal)))
            return new SourceUNet(names);
        if (names.Any(name => name.Contains(SourceResNet.BlockName, StringComparison.Ordinal)))
            return new SourceResNet(names);
        var some = string.Join(", ", names.Order(StringComparer.Ordinal).Take(MaxNamed).Select(Quote.Name));
        var more = names.Count > MaxNamed ? $" and {names.Count - MaxNamed} more" : string.Empty;
        var found = names.Count == 0 ? "It contains no tensors." : $"Its tensors do not match a generator: {some}{more}.";
        throw new InvalidDataException(
            $"{found} Expected a UnetGenerator ('model.model.0.weight', ...) or a ResnetGenerator ('model.1.weight', " +
            "'model.10.conv_block.1.weight', ...) of pytorch-CycleGAN-and-pix2pix, such as latest_net_G.pth; latest_net_D.pth contains " +
            "the discriminator.");
    }

    /// <summary>All layers of the network, starting at the image input.</summary>
    /// <param name="filters">The number of filters of the outermost layer.</param>
    /// <param name="inputs">The number of input channels.</param>
    /// <param name="outputs">The number of output channels.</param>
    public abstract IReadOnlyList<SourceLayer> Layers(int filters, int inputs, int outputs);

    /// <summary>
    /// Sets the options specific to this network: depth or blocks, size, dropout. Anything that this library's networks do not support is
    /// added to the problems.
    /// </summary>
    public abstract GeneratorOptions Describe(GeneratorOptions options, ImportOptions import, ICollection<string> problems);
}

/// <summary>A convolution of the PyTorch network with its normalization, and the <see cref="ConvolutionLayer"/> that it maps to.</summary>
/// <param name="Convolution">The name of the convolution in PyTorch: "model.model.0".</param>
/// <param name="Norm">The name of the normalization in PyTorch, or null if the layer never has one.</param>
/// <param name="Target">The layer name in this library: "encoder1".</param>
/// <param name="Shape">The shape of the weight, the same on both sides: (out, in, k, k), or (in, out, k, k) if transposed.</param>
/// <param name="Outputs">The number of output channels of the convolution.</param>
internal sealed record SourceLayer(string Convolution, string? Norm, string Target, long[] Shape, int Outputs)
{
    /// <summary>Whether the weight is that of a transposed convolution.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Whether the layer outputs the image: its output count is not a filter count, and it always has a bias.</summary>
    public bool IsLast { get; init; }

    /// <summary>The output axis of the weight; the other of the first two axes is the input axis.</summary>
    public int OutputAxis => IsTransposed ? 1 : 0;

    public string Weight => $"{Convolution}.weight";

    public string Bias => $"{Convolution}.bias";
}

/// <summary>
/// UnetGenerator: nested blocks. A block's convolution is its module 1 (0 in the outermost block, which has no preceding activation),
/// followed by its normalization, the nested block, an activation, the transposed convolution, and its normalization. Its in-place
/// LeakyReLU modifies the skip connection, and ReLU over the concatenated feature maps makes the result equal to
/// <see cref="SkipConnections.ActivatedTogether"/>.
/// </summary>
internal sealed class SourceUNet : SourceNetwork
{
    public const string Prefix = "model.model.";

    private const int MinDepth = 5;
    private const int MaxDepth = 10;

    /// <summary>Up to this depth, the dropout layers match; beyond it, this library still has three.</summary>
    private const int MaxDepthOfDropout = 8;

    private readonly List<string> _blocks = [Prefix]; // [level]: the name prefix of a block's modules

    public SourceUNet(IReadOnlyCollection<string> names)
    {
        // A name of a nested block implies that the enclosing block exists.
        for (var prefix = $"{Prefix}1.model."; names.Any(n => n.StartsWith(prefix, StringComparison.Ordinal)); prefix += "3.model.")
            _blocks.Add(prefix);
    }

    public override GeneratorKind Kind => GeneratorKind.UNet;

    private int Depth => _blocks.Count;

    public override IReadOnlyList<SourceLayer> Layers(int filters, int inputs, int outputs)
    {
        var layers = new List<SourceLayer>();
        for (var level = 0; level < Depth; level++)
        {
            var (outermost, innermost, block) = (level == 0, level == Depth - 1, _blocks[level]);
            var (inner, outer) = (Filters(level), outermost ? outputs : Filters(level - 1));
            var up = outermost || innermost ? 3 : 5;
            layers.Add(new(
                $"{block}{(outermost ? 0 : 1)}", outermost || innermost ? null : $"{block}2", $"encoder{level + 1}",
                [inner, outermost ? inputs : outer, 4, 4], inner));
            var decoder = new SourceLayer(
                $"{block}{up}", outermost ? null : $"{block}{up + 1}", $"decoder{Depth - level}",
                [innermost ? inner : 2 * inner, outer, 4, 4], outer);
            layers.Add(decoder with { IsTransposed = true, IsLast = outermost });
        }

        return layers;

        int Filters(int level) => filters << Math.Min(level, 3);
    }

    public override GeneratorOptions Describe(GeneratorOptions options, ImportOptions import, ICollection<string> problems)
    {
        if (import.Dropout == true && Depth > MaxDepthOfDropout)
        {
            problems.Add($"Dropout is requested, but a U-Net with {Depth} downsampling layers has {Depth - MinDepth} dropout layers in " +
                "PyTorch and three in this library; leave Dropout unset. Translations without dropout are identical.");
        }

        options = options with { Dropout = import.Dropout ?? Depth <= MaxDepthOfDropout };
        if (Depth is < MinDepth or > MaxDepth)
        {
            problems.Add($"It is a U-Net whose number of downsampling layers is {Depth}; expected {MinDepth} to {MaxDepth}.");
            return options;
        }

        var size = 1 << Depth;
        options = options with { Width = import.Width ?? size, Height = import.Height ?? size };
        if (options.Depth != Depth)
        {
            problems.Add($"It is a U-Net with {Depth} downsampling layers, which requires sides whose largest common power-of-two " +
                $"divisor is {size}, but {options.Width}x{options.Height} was requested; leave Width and Height unset for {size}x{size}.");
        }

        return options;
    }
}

/// <summary>
/// ResnetGenerator: a single list of modules, in which padding, normalizations and activations are numbered as well. It consists of three
/// convolutions, the residual blocks, two transposed convolutions, and a convolution that outputs the image.
/// </summary>
internal sealed class SourceResNet : SourceNetwork
{
    public const string BlockName = ".conv_block.";

    private const int FirstBlock = 10;
    private const int MaxBlocks = 32;

    private readonly int _blocks;
    private readonly bool _dropout;

    public SourceResNet(IReadOnlyCollection<string> names)
    {
        _blocks = Math.Max(1, names.Max(BlockOf) - FirstBlock + 1);
        // Dropout is a module between the convolutions, which moves the second convolution from index 5 to index 6.
        _dropout = !names.Any(name => name.Contains($"{BlockName}5.", StringComparison.Ordinal));
    }

    public override GeneratorKind Kind => GeneratorKind.ResNet;

    public override IReadOnlyList<SourceLayer> Layers(int filters, int inputs, int outputs)
    {
        var f = filters;
        var layers = new List<SourceLayer>
        {
            new("model.1", "model.2", "encoder1", [f, inputs, 7, 7], f),
            new("model.4", "model.5", "encoder2", [2 * f, f, 3, 3], 2 * f),
            new("model.7", "model.8", "encoder3", [4 * f, 2 * f, 3, 3], 4 * f),
        };
        var second = _dropout ? 6 : 5;
        for (var i = 0; i < _blocks; i++)
        {
            var block = $"model.{FirstBlock + i}{BlockName}";
            layers.Add(new($"{block}1", $"{block}2", $"block{i + 1}.convolution1", [4 * f, 4 * f, 3, 3], 4 * f));
            layers.Add(new($"{block}{second}", $"{block}{second + 1}", $"block{i + 1}.convolution2", [4 * f, 4 * f, 3, 3], 4 * f));
        }

        var next = FirstBlock + _blocks;
        layers.Add(new($"model.{next}", $"model.{next + 1}", "decoder1", [4 * f, 2 * f, 3, 3], 2 * f) { IsTransposed = true });
        layers.Add(new($"model.{next + 3}", $"model.{next + 4}", "decoder2", [2 * f, f, 3, 3], f) { IsTransposed = true });
        layers.Add(new($"model.{next + 7}", null, "decoder3", [outputs, f, 7, 7], outputs) { IsLast = true });
        return layers;
    }

    public override GeneratorOptions Describe(GeneratorOptions options, ImportOptions import, ICollection<string> problems)
    {
        if (_blocks > MaxBlocks)
            problems.Add($"It is a ResNet with more than {MaxBlocks} blocks; expected at most {MaxBlocks}.");
        return options with
        {
            Width = import.Width ?? options.Width,
            Height = import.Height ?? options.Height,
            ResidualBlocks = Math.Min(_blocks, MaxBlocks),
            Dropout = _dropout,
        };
    }

    // "model.10.conv_block.1.weight" belongs to block 10. Invalid numbers are reported later as unexpected names.
    private static int BlockOf(string name)
        => name.Split('.') is ["model", var number, "conv_block", ..]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var block) && block <= FirstBlock + MaxBlocks
            ? block
            : 0;
}
