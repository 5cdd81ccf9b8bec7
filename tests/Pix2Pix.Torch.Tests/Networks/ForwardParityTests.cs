using System.Text.Json;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Reference;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>
/// The outputs of small networks of each kind, compared with PyTorch in float64: reference/values/forward.json. The paper's own networks
/// are compared step by step in <see cref="StepParityTests"/>.
/// </summary>
[Collection(TorchCollection.Name)]
public class ForwardParityTests
{
    private const double Tolerance = 1e-8;

    private static readonly JsonElement Json = ReferenceFile.Json("forward.json");
    private static readonly RecordedTensors Recorded = new(Json);

    public static TheoryData<string> Generators => [.. Names(discriminators: false)];

    public static TheoryData<string> Discriminators => [.. Names(discriminators: true)];

    [Theory]
    [MemberData(nameof(Generators))]
    public void Apply_Generator_GivesTheReferencesImages(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var recorded = Case(name);
        var options = recorded.Generator(Filters);
        using var generator = Generator.Create(options, ReferenceNetworks.Float64);
        Draw(generator, recorded);
        var input = Images("input", options.Width, options.Height);

        // Evaluation comes second, because the pass in training mode updates the running statistics.
        AssertTensor($"{name}.train", generator.Apply(new TrainingOps(dropoutSeed: 1), input));
        AssertTensor($"{name}.eval", generator.Translate(input, new() { Statistics = NormStatistics.Running }));
    }

    [Theory]
    [MemberData(nameof(Discriminators))]
    public void Apply_Discriminator_GivesTheReferencesActivations(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var recorded = Case(name);
        using var discriminator = new Discriminator(recorded.Discriminator(Filters), 3, 3, ReferenceNetworks.Float64);
        Draw(discriminator, recorded);
        var (width, height) = (recorded.GetProperty("width").GetInt32(), recorded.GetProperty("height").GetInt32());

        var output = discriminator.Apply(
            new TrainingOps(dropoutSeed: 1), Images("input", width, height), Images("image", width, height));

        var maps = output.Scales.SelectMany((scale, s) => scale.Select((map, l) => (Name: $"{name}.{s}.{l}", Map: map))).ToList();
        Assert.Equal(Recorded.Names.Where(n => n.StartsWith($"{name}.")), maps.Select(m => m.Name));
        Assert.All(maps, m => AssertTensor(m.Name, m.Map));
    }

    private static int Filters => Json.GetProperty("filters").GetInt32();

    private static IEnumerable<JsonElement> Cases => Json.GetProperty("cases").EnumerateArray();

    private static IEnumerable<string> Names(bool discriminators)
        => Cases.Where(c => c.IsDiscriminator() == discriminators).Select(c => c.GetProperty("name").GetString()!);

    private static JsonElement Case(string name) => Cases.Single(c => c.GetProperty("name").GetString() == name);

    private static uint Seed(string what) => Json.GetProperty("seeds").GetProperty(what).GetUInt32();

    private static Tensor Images(string which, int width, int height)
        => new ReferenceDrawing(Seed(which)).Draw([Json.GetProperty("batch").GetInt32(), 3, height, width]);

    /// <summary>Both sides list their parameters in the same order.</summary>
    private static void Draw(nn.Module network, JsonElement recorded)
    {
        var drawing = new ReferenceDrawing(Seed("network"));
        var listed = recorded.GetProperty("parameters").EnumerateArray().ToList();
        var parameters = network.named_parameters().ToList();
        Assert.Equal(listed.Count, parameters.Count);
        foreach (var (theirs, (name, parameter)) in listed.Zip(parameters))
        {
            var theirName = theirs.GetProperty("name").GetString()!;
            Assert.Equal(theirs.GetProperty("shape").Longs(), parameter.shape);
            Assert.EndsWith(theirName[theirName.LastIndexOf('.')..], name);
            parameter.copy_(drawing.DrawParameter(theirName, parameter.shape));
        }
    }

    private static void AssertTensor(string name, Tensor actual)
    {
        var (shape, expected) = Recorded[name];
        Assert.Equal(shape, actual.shape);
        Tensors.AssertClose(expected, Tensors.Doubles(actual), Tolerance, name);
    }
}
