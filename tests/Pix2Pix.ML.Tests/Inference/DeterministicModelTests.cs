using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;
using static Pix2Pix.ML.Tests.Inference.ForeignGraph;

namespace Pix2Pix.ML.Tests.Inference;

/// <summary>Models from elsewhere with state or randomness.</summary>
public sealed class DeterministicModelTests : IDisposable
{
    private const string Advice =
        ". Export it in evaluation mode, for example after model.eval() in PyTorch, and without random noise.";

    private static readonly float[] Scale = [0.5f, 0.25f, -0.4f];
    private static readonly float[] Shift = [0.1f, -0.2f, 0];

    private readonly MLContext _context = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    /// <summary>Places; opsets; outputs besides the first.</summary>
    public static TheoryData<string, long, int> Norms =>
        [.. from place in Places
            from opset in place == "function" ? (long[])[15, 17] : [9, 12, 13, 14, 15, 17, 21]
            where place != "scan" || opset > 9
            select (place, opset, opset < 14 ? 4 : opset == 17 ? 0 : 2)];

    public static TheoryData<string, string> RandomNodes =>
        [.. from place in Places from type in Random.Keys select (place, type)];

    private static Dictionary<string, Func<string, string, ProtoMessage[]>> Random { get; } = new()
    {
        ["RandomNormal"] = (x, y) => [Node("RandomNormal", [], ["noise"], OnnxAttribute.Ints("shape", 1)), Node("Add", [x, "noise"], [y])],
        ["RandomUniform"] = (x, y) => [Node("RandomUniform", [], ["noise"], OnnxAttribute.Ints("shape", 1)), Node("Add", [x, "noise"], [y])],
        ["RandomNormalLike"] = (x, y) => [Node("RandomNormalLike", [x], [y])],
        ["RandomUniformLike"] = (x, y) => [Node("RandomUniformLike", [x], [y], OnnxAttribute.Float("seed", 3))],
        ["Bernoulli"] = (x, y) => [Node("Abs", [x], ["p"]), Node("Bernoulli", ["p"], [y])],
        ["Multinomial"] = (x, y) =>
        [
            Node("Flatten", [x], ["flat"]), Node("Multinomial", ["flat"], ["drawn"]), Node("Cast", ["drawn"], ["one"], OnnxAttribute.Int("to", 1)),
            Node("ReduceSum", ["one"], ["sum"], OnnxAttribute.Int("keepdims", 0)), Node("Mul", [x, "sum"], [y]),
        ],
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Norms))]
    public void Translate_BatchStatistics_AreThoseOfTheImage(string place, long opset, int others)
    {
        using var opened = Open(Norm(place, opset, others));
        using var twice = opened.With(execution: new() { BatchSize = 2 });
        using var tiles = opened.With(new SizingOptions { Kind = ImageSizing.Tiles });
        MLImage[] images = [TestImages.Input(1), TestImages.Target(2), TestImages.Input(1)];
        var rows = _context.Data.LoadFromEnumerable(images.Select(image => new TestRow { Input = image }).ToArray());

        var inBatches = twice.Transform(rows).GetColumn<MLImage>("Output").Select(Pixels).ToArray();

        for (var call = 0; call < images.Length; call++)
        {
            var expected = Normalized(Pixels(images[call]));
            var found = Translated(opened, images[call]);
            Assert.InRange(ByteDifference.Between(expected, found).Largest, 0, 1);
            Assert.Equal(found, inBatches[call]);
            Assert.InRange(ByteDifference.Between(found, Translated(tiles, images[call])).Largest, 0, 1);
        }

        Array.ForEach(images, image => image.Dispose());
    }

    [Fact]
    public void Translate_BatchStatisticsOf16Bits_AreThoseOfTheImage()
    {
        using var opened = Open(Model(
            (x, y) =>
            [
                Node("Cast", [x], ["half"], OnnxAttribute.Int("to", OnnxType.Half)),
                Training("half", "normal", "mean", "variance"),
                Node("Cast", ["normal"], [y], OnnxAttribute.Int("to", OnnxType.Float)),
            ],
            [Halves("scale", Scale), Halves("shift", Shift), Halves("running mean", 0, 0, 0), Halves("running variance", 1, 1, 1)]));
        using var image = TestImages.Input(1);

        var found = Translated(opened, image);

        Assert.InRange(ByteDifference.Between(Normalized(Pixels(image)), found).Largest, 0, 2);
        Assert.Equal(found, Translated(opened, image));
    }

    [Theory]
    [MemberData(nameof(RandomNodes))]
    public void Open_RandomNode_IsNamed(string place, string type)
    {
        var error = ErrorMessage(Model(Random[type], [], place));

        var output = type switch { "RandomNormal" or "RandomUniform" => "noise", "Multinomial" => "drawn", _ => place == "graph" ? "result" : "y" };
        Assert.Equal(
            $"'{PathOfModel}' cannot be used: The ONNX model would give other results in each call, because of '{type} of {output}' ({type}){Advice}", error);
    }

    [Theory]
    [InlineData("a constant", "graph", true)]
    [InlineData("a constant", "if", true)]
    [InlineData("a constant", "loop", true)]
    [InlineData("a constant", "scan", true)]
    [InlineData("a node", "graph", true)]
    [InlineData("a computed value", "graph", true)]
    [InlineData("an input of a function", "function", true)]
    [InlineData("false", "graph", false)]
    [InlineData("false", "loop", false)]
    [InlineData("ratio 0", "graph", false)]
    [InlineData("omitted", "function", false)]
    [InlineData("opset 11", "graph", false)]
    public void Open_Dropout_IsRejectedInTrainingMode(string mode, string place, bool isRefused)
    {
        var model = Model(
            (x, y) => mode switch
            {
                "a node" =>
                [
                    Node("Constant", [], ["train"], OnnxAttribute.Tensor("value", new(Flag("any", true)))),
                    Node("Dropout", [x, "ratio", "train"], [y]),
                ],
                "a computed value" => [Node("Not", ["off"], ["computed"]), Node("Dropout", [x, "ratio", "computed"], [y])],
                "false" => [Node("Dropout", [x, "ratio", "off"], [y])],
                "ratio 0" => [Node("Dropout", [x, "zero", "on"], [y])],
                "omitted" => [Node("Dropout", [x, "ratio"], [y])],
                "opset 11" => [Node("Dropout", [x], [y, "mask"], OnnxAttribute.Float("ratio", 0.5))],
                _ => [Node("Dropout", [x, "ratio", "on"], [y])],
            },
            [Flag("off", false), Flag("on", true), Scalar("ratio", 0.5f), Scalar("zero", 0)],
            place,
            mode == "opset 11" ? 11 : 17);

        if (isRefused)
        {
            Assert.Equal(
                $"'{PathOfModel}' cannot be used: The ONNX model would give other results in each call, because of " +
                $"'Dropout of {(place == "graph" ? "result" : "y")}' (Dropout in training mode){Advice}",
                ErrorMessage(model));
            return;
        }

        using var opened = Open(model);
        using var image = TestImages.Input(1);
        Assert.Equal(Pixels(image), Translated(opened, image));
    }

    [Fact]
    public void Open_ManyRandomNodes_ListsTheFirst()
    {
        var names = Enumerable.Range(0, 10).Select(i => $"v{i}").Append("result").ToArray();

        var error = ErrorMessage(Model((x, _) => [.. names.Select((to, i) => Node("RandomNormalLike", [i == 0 ? x : names[i - 1]], [to]))], []));

        Assert.EndsWith($"'RandomNormalLike of v7' (RandomNormalLike) and 3 more{Advice}", error);
    }

    [Fact]
    public void Open_BatchStatisticsAreUsed_IsRejected()
    {
        var model = Model(
            (x, y) => [Training(x, "normal", "mean", "variance"), Node("ReduceSum", ["mean"], ["sum"]), Node("Mul", ["normal", "sum"], [y])],
            Statistics);

        Assert.EndsWith($"because of 'BatchNormalization of normal' (BatchNormalization in training mode){Advice}", ErrorMessage(model));
    }

    /// <summary>A function whose mode is an attribute of the node that calls it.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(null, false)]
    public void Open_ModeOfAFunction_IsThatOfItsCalls(int? mode, bool isRefused)
    {
        var reference = new ProtoMessage().Add(AttributeProto.Name, "training_mode").Add(AttributeProto.RefAttrName, "train")
            .Add(AttributeProto.Type, 2L);
        var model = ProtoMessage.Parse(Model(
            (x, y) => [Node("BatchNormalization", [x, .. Names], [y]).Add(NodeProto.Attribute, reference)], Statistics, "function"));
        var graph = model.Messages(ModelProto.Graph).Single();
        var call = graph.Messages(GraphProto.Node).Single();
        if (mode is { } given)
            call.Add(NodeProto.Attribute, OnnxAttribute.Int("train", given).ToMessage());
        var file = Bytes(model.Without(ModelProto.Graph).Without(ModelProto.Functions)
            .Add(ModelProto.Graph, graph.Without(GraphProto.Node).Add(GraphProto.Node, call))
            .Add(ModelProto.Functions, model.Messages(ModelProto.Functions).Single().Add(6, "train")));

        if (isRefused)
        {
            Assert.EndsWith($"because of 'BatchNormalization of y' (BatchNormalization in training mode){Advice}", ErrorMessage(file));
            return;
        }

        using var opened = Open(file);
        using var image = TestImages.Input(1);
        Assert.Equal(Translated(opened, image), Translated(opened, image));
    }

    /// <summary>A graph for training is not run.</summary>
    [Fact]
    public void Open_RandomInitializationForTraining_IsHarmless()
    {
        var initialization = new ProtoMessage().Add(
            1, new ProtoMessage().Add(GraphProto.Node, Node("RandomNormal", [], ["w"], OnnxAttribute.Ints("shape", 3))).Add(GraphProto.Name, "initial"));
        var model = ProtoMessage.Parse(Model((x, y) => [Node("Identity", [x], [y])], [])).Add(20, initialization);

        using var opened = Open(Bytes(model));

        using var image = TestImages.Input(1);
        Assert.Equal(Pixels(image), Translated(opened, image));
    }

    private string PathOfModel => Path.Combine(_folder.FullName, "model.onnx");

    private static ProtoMessage[] Statistics =>
        [Floats("scale", Scale), Floats("shift", Shift), Floats("running mean", 0, 0, 0), Floats("running variance", 1, 1, 1)];

    private static byte[] Norm(string place, long opset, int others)
        => Model(
            (x, y) => opset < 14
                ? [Node("BatchNormalization", [x, .. Names], [y, "a", "b", "c", "d"], OnnxAttribute.Float("epsilon", 0.01))]
                : [Training(x, y, [.. new[] { "mean", "variance" }.Take(others)])],
            Statistics,
            place,
            opset);

    private static string[] Names => ["scale", "shift", "running mean", "running variance"];

    private static ProtoMessage Training(string x, string y, params string[] others) => Node(
        "BatchNormalization",
        [x, .. Names],
        [y, .. others],
        OnnxAttribute.Int("training_mode", 1), OnnxAttribute.Float("epsilon", 0.01), OnnxAttribute.Float("momentum", 0.5));

    private static ProtoMessage Scalar(string name, float value) => Tensor(name, OnnxType.Float, [], BitConverter.GetBytes(value));

    private static ProtoMessage Halves(string name, params float[] values)
        => Tensor(name, OnnxType.Half, [values.Length], [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]);

    private static byte[] Normalized(byte[] rgba)
    {
        byte[] result = [.. rgba];
        for (var channel = 0; channel < 3; channel++)
        {
            var values = rgba.Where((_, i) => i % 4 == channel).Select(level => (level / 127.5) - 1).ToArray();
            var mean = values.Average();
            var variance = values.Average(value => (value - mean) * (value - mean));
            for (var i = 0; i < values.Length; i++)
            {
                var normal = ((values[i] - mean) / Math.Sqrt(variance + 0.01) * Scale[channel]) + Shift[channel];
                result[(4 * i) + channel] = (byte)Math.Clamp(Math.Round((normal + 1) * 127.5), 0, 255);
            }
        }

        return result;
    }

    private static byte[] Translated(Pix2PixTransformer model, MLImage image)
    {
        using var translation = model.Translate(image);
        return Pixels(translation);
    }

    private static byte[] Pixels(MLImage image) => PixelLayout.ToRgba(image).Pixels;

    private string ErrorMessage(byte[] model) => Assert.Throws<InvalidDataException>(() => Open(model)).Message;

    private Pix2PixTransformer Open(byte[] model)
    {
        File.WriteAllBytes(PathOfModel, model);
        return _context.ImageTranslation.ApplyModel("Output", "Input", PathOfModel).Open();
    }
}
