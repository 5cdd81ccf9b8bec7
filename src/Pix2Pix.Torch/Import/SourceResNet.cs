using System.Globalization;

namespace Pix2Pix.Torch.Import;

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
            problems.Add($"It is a ResNet of more than {MaxBlocks} blocks; up to {MaxBlocks} can be imported.");
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
