using System.Text.Json;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Diagnostics;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>Parameter counts and output shapes of full-size networks, recorded in reference/values/counts.json.</summary>
[Collection(TorchCollection.Name)]
public class NetworkCountTests
{
    private static readonly JsonElement[] Recorded = [.. ReferenceFile.Json("counts.json").GetProperty("networks").EnumerateArray()];

    public static TheoryData<int, string> Networks
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, network) in Recorded.Index())
                data.Add(index, network.GetRawText());
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Network_OfTheReference_HasItsParametersAndOutputs(int index, string description)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var recorded = Recorded[index];
        var filters = recorded.GetProperty("filters").GetInt32();
        var image = zeros(1, 3, recorded.GetProperty("height").GetInt32(), recorded.GetProperty("width").GetInt32());

        using nn.Module network = recorded.IsDiscriminator()
            ? new Discriminator(recorded.Discriminator(filters), 3, 3, TensorFactory.Cpu)
            : Generator.Create(recorded.Generator(filters), TensorFactory.Cpu);
        WeightInit.Draw(network, WeightInitOptions.Default, seed: 1);
        var outputs = network is Discriminator discriminator
            ? discriminator.Apply(new TrainingOps(dropoutSeed: 1), image, image).Logits
            : [((Generator)network).Translate(image, InferenceOptions.Default)];

        Assert.True(network.parameters().Sum(p => p.numel()) == recorded.GetProperty("parameters").GetInt64(), description);
        Assert.Equal(recorded.GetProperty("outputs").EnumerateArray().Select(o => o.Longs()), outputs.Select(o => o.shape));
    }

    [Fact]
    public void Reference_Counts_AreThoseKnownOfTheArchitecture()
    {
        Assert.Equal(54_413_955, Count("unet", "batch"));
        Assert.Equal(54_409_603, Count("unet", "instance"));
        Assert.Equal(2_768_705, Count("discriminator", "batch"));
        Assert.Equal(11_378_179, Count("resnet", "instance", blocks: 9));
        Assert.Equal(7_837_699, Count("resnet", "instance", blocks: 6));
    }

    private static long Count(string network, string norm, int? blocks = null)
        => Recorded.First(n => n.GetProperty("network").GetString() == network && n.GetProperty("norm").GetString() == norm
                && (blocks is null || n.GetProperty("blocks").GetInt32() == blocks))
            .GetProperty("parameters").GetInt64();
}
