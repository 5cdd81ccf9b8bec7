using System.Text.Json;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>The options of a network that a file of reference/values describes.</summary>
internal static class NetworkJson
{
    public static bool IsDiscriminator(this JsonElement network) => network.GetProperty("network").GetString() == "discriminator";

    public static GeneratorOptions Generator(this JsonElement network, int filters) => new()
    {
        Kind = Enum.Parse<GeneratorKind>(network.GetProperty("network").GetString()!, ignoreCase: true),
        Width = network.GetProperty("width").GetInt32(),
        Height = network.GetProperty("height").GetInt32(),
        Filters = filters,
        Norm = network.Norm(),
        Skips = Text(network, "skip") == "joined" ? SkipConnections.BeforeActivation : SkipConnections.ActivatedTogether,
        Upsampling = Text(network, "upsampling") == "resize" ? Upsampling.ResizeConvolution : Upsampling.TransposedConvolution,
        ResidualBlocks = network.TryGetProperty("blocks", out var blocks) ? blocks.GetInt32() : 9,
        Dropout = false,
    };

    public static DiscriminatorOptions Discriminator(this JsonElement network, int filters) => new()
    {
        Filters = filters,
        Norm = network.Norm(),
        Layers = network.GetProperty("layers").GetInt32(),
        Scales = network.GetProperty("scales").GetInt32(),
        Conditional = network.GetProperty("conditional").GetBoolean(),
    };

    private static NormKind Norm(this JsonElement network)
        => Enum.Parse<NormKind>(network.GetProperty("norm").GetString()!, ignoreCase: true);

    private static string? Text(JsonElement network, string name)
        => network.TryGetProperty(name, out var value) ? value.GetString() : null;
}
