
namespace Pix2Pix.Torch.Import;

/// <summary>
/// UnetGenerator: nested blocks. A block's convolution is its module 1 (0 in the outermost block, which has no preceding activation),
/// followed by its normalization, the nested block, an activation, the transposed convolution, and its normalization. Its in-place
/// LeakyReLU modifies the skip connection, and ReLU over the concatenated feature maps makes the result equal to
/// <see cref="SkipConnections.ActivatedTogether"/>.
/// </summary>
internal sealed class SourceUNet : SourceNetwork
{
    public const string Start = "model.model.";

    private const int MinDepth = 5;
    private const int MaxDepth = 10;

    /// <summary>Up to this depth, the dropout layers match; beyond it, this library still has three.</summary>
    private const int MaxDepthOfDropout = 8;

    private readonly List<string> _blocks = [Start]; // [level]: what the names of a block's modules begin with

    public SourceUNet(IReadOnlyCollection<string> names)
    {
        // A name of a nested block implies that the enclosing block exists.
        for (var within = $"{Start}1.model."; names.Any(n => n.StartsWith(within, StringComparison.Ordinal)); within += "3.model.")
            _blocks.Add(within);
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
            problems.Add($"Dropout is asked for, but a U-Net of {Depth} halvings has it in {Depth - MinDepth} places in PyTorch and in " +
                "three here; leave Dropout unset, and the translation without it is the same.");
        }

        options = options with { Dropout = import.Dropout ?? Depth <= MaxDepthOfDropout };
        if (Depth is < MinDepth or > MaxDepth)
        {
            problems.Add($"It is a U-Net of {Depth} halvings; {MinDepth} to {MaxDepth} can be imported.");
            return options;
        }

        var size = 1 << Depth;
        options = options with { Width = import.Width ?? size, Height = import.Height ?? size };
        if (options.Depth != Depth)
        {
            problems.Add($"It is a U-Net of {Depth} halvings, for images whose sides have {size} as the largest power of two that " +
                $"divides both, but {options.Width}x{options.Height} is asked for; leave Width and Height unset for {size}x{size}.");
        }

        return options;
    }
}
