
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
        if (names.Any(name => name.StartsWith(SourceUNet.Start, StringComparison.Ordinal)))
            return new SourceUNet(names);
        if (names.Any(name => name.Contains(SourceResNet.BlockName, StringComparison.Ordinal)))
            return new SourceResNet(names);
        var some = string.Join(", ", names.Order(StringComparer.Ordinal).Take(MaxNamed).Select(Quote.Name));
        var more = names.Count > MaxNamed ? ", ..." : string.Empty;
        throw new InvalidDataException(
            $"Its {names.Count} tensors are not those of a generator: {some}{more}. Expected " +
            "'model.model.0.weight' and so on of a UnetGenerator, or 'model.1.weight', 'model.10.conv_block.1.weight' and so on of a " +
            "ResnetGenerator of pytorch-CycleGAN-and-pix2pix: latest_net_G.pth. latest_net_D.pth holds a discriminator.");
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
