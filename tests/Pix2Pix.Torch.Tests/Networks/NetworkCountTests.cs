using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>Parameter counts and output shapes of networks in full size, recorded in reference/values/counts.json.</summary>
[Collection(TorchCollection.Name)]
public class NetworkCountTests
{
    public static TheoryData<string, int, int, NormKind, SkipConnections, long, string> Networks
    {
        get
        {
            var data = new TheoryData<string, int, int, NormKind, SkipConnections, long, string>();
            foreach (var network in ReferenceFile.Json("counts.json").GetProperty("networks").EnumerateArray())
            {
                var joined = network.TryGetProperty("skip", out var skip) && skip.GetString() == "joined";
                data.Add(
                    network.GetProperty("network").GetString()!,
                    network.GetProperty("size").GetInt32(),
                    network.GetProperty("filters").GetInt32(),
                    Enum.Parse<NormKind>(network.GetProperty("norm").GetString()!, ignoreCase: true),
                    joined ? SkipConnections.BeforeActivation : SkipConnections.ActivatedTogether,
                    network.GetProperty("parameters").GetInt64(),
                    string.Join('x', network.GetProperty("output").Longs()));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Network_OfTheReference_HasItsParametersAndOutput(
        string kind, int size, int filters, NormKind norm, SkipConnections skips, long parameters, string output)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var network = Build(kind, size, filters, norm, skips);
        var image = zeros(1, 3, size, size);

        var result = network is PatchDiscriminator discriminator
            ? discriminator.Apply(new TrainingOps(dropoutSeed: 1), image, image)
            : ((Generator)network).Translate(image, InferenceOptions.Default);

        Assert.Equal(parameters, network.parameters().Sum(p => p.numel()));
        Assert.Equal(output, string.Join('x', result.shape));
    }

    [Fact]
    public void Reference_Counts_AreThoseKnownOfTheArchitecture()
    {
        Assert.Equal(54_413_955, Count("generator", "batch"));
        Assert.Equal(54_409_603, Count("generator", "instance"));
        Assert.Equal(2_768_705, Count("discriminator", "batch"));
    }

    private static nn.Module Build(string kind, int size, int filters, NormKind norm, SkipConnections skips) => kind switch
    {
        "generator" => Generator.Create(
            new() { Width = size, Height = size, Filters = filters, Norm = norm, Skips = skips }, Placement.Cpu),
        "discriminator" => new PatchDiscriminator(new() { Filters = filters, Norm = norm }, channels: 6, Placement.Cpu),
        _ => throw new InvalidDataException($"Unknown network '{kind}'."),
    };

    private static long Count(string network, string norm)
        => ReferenceFile.Json("counts.json").GetProperty("networks").EnumerateArray()
            .First(n => n.GetProperty("network").GetString() == network && n.GetProperty("size").GetInt32() == 256
                && n.GetProperty("norm").GetString() == norm)
            .GetProperty("parameters").GetInt64();
}
