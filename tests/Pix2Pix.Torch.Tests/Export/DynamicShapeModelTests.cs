using Microsoft.ML.OnnxRuntime;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Networks;

namespace Pix2Pix.Torch.Tests.Export;

[Collection(TorchCollection.Name)]
public class DynamicShapeModelTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 128, Filters = 3 };
    private static readonly InferenceOptions Running = new() { Statistics = NormStatistics.Running };

    [Theory]
    [InlineData(GeneratorKind.UNet, NormStatistics.Image, ImageChannels.Rgb)]
    [InlineData(GeneratorKind.UNet, NormStatistics.Running, ImageChannels.Chroma)]
    [InlineData(GeneratorKind.EncoderDecoder, NormStatistics.Image, ImageChannels.Rgb)]
    [InlineData(GeneratorKind.ResNet, NormStatistics.Running, ImageChannels.Rgb)]
    public void Write_OtherSizes_GiveWhatTorchSharpGivesThere(GeneratorKind kind, NormStatistics statistics, ImageChannels output)
    {
        var (options, inference) = (Options with { Kind = kind, Output = output }, new InferenceOptions { Statistics = statistics });
        using var generator = RandomizedGenerator.Generator(options);
        using var runner = new OnnxRunner(Written(DynamicShapeModel.Write, generator, inference));

        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(64, 128), (192, 64), (64, 64)])
        {
            var size = options with { Width = width, Height = height };
            using var other = RandomizedGenerator.Generator(size);
            var image = TestImages.Random(width, height, seed: 3);
            var abgr = OnnxPixels.Pack(image);
            var difference = ExportComparison.Difference(
                other, inference, image, runner.Run(abgr, count: 1, size), runner.RunChroma(abgr, count: 1, size));
            Assert.InRange(difference.Largest, 0, 1);
        }
    }

    [Theory]
    [InlineData(NormKind.Batch)]
    [InlineData(NormKind.Instance)]
    public void WriteShared_NothingGiven_GivesWhatTheFileGives(NormKind norm)
    {
        using var generator = RandomizedGenerator.Generator(Options with { Norm = norm });
        using var file = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        using var shared = new SharedRunner(generator);
        var images = AbgrImages.Random(seed: 4, count: 2, Options);

        var (found, _) = shared.Run(images, 2, Options, new float[shared.Channels], share: 0);

        Assert.InRange(ByteDifference.Between(file.Run(images, 2, Options), found).Largest, 0, 1);
    }

    [Fact]
    public void WriteShared_AnImagesOwnStatistics_ReproduceIt()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        using var shared = new SharedRunner(generator);
        var (first, second) = (AbgrImages.Random(seed: 4, count: 1, Options), AbgrImages.Random(seed: 5, count: 1, Options));
        var dark = second.Select(value => (byte)(value / 4)).ToArray();
        var (own, statistics) = shared.Run(first, 1, Options, new float[shared.Channels], share: 0);
        var (darkOwn, _) = shared.Run(dark, 1, Options, new float[shared.Channels], share: 0);

        var (again, _) = shared.Run(first, 1, Options, statistics, share: 1);
        var (other, _) = shared.Run(dark, 1, Options, statistics, share: 1);

        Assert.InRange(ByteDifference.Between(own, again).Largest, 0, 1);
        Assert.InRange(ByteDifference.Between(darkOwn, other).Largest, 10, 255);
    }

    [Fact]
    public void WriteShared_AModelFromPyTorch_ReproducesItByItsOwnStatistics()
    {
        var size = new GeneratorOptions { Width = 32, Height = 24 };
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reference", "values", "elsewhere_small.onnx"));
        using var stream = new MemoryStream();
        ImageModel.Write(file, new() { Width = size.Width, Height = size.Height }, stream);
        using var runner = new OnnxRunner(stream.ToArray());
        using var shared = new SharedRunner(stream.ToArray());
        var image = AbgrImages.Random(seed: 4, count: 1, size);

        var (own, statistics) = shared.Run(image, 1, size, new float[shared.Channels], share: 0);
        var (again, _) = shared.Run(image, 1, size, statistics, share: 1);

        Assert.Equal(2 * (4 + 8 + 4), shared.Channels);
        Assert.InRange(ByteDifference.Between(runner.Run(image, 1, size), own).Largest, 0, 1);
        Assert.InRange(ByteDifference.Between(own, again).Largest, 0, 1);
    }

    [Theory]
    [InlineData(OnnxType.Float)]
    [InlineData(OnnxType.Half)]
    public void WriteShared_ANormOfAnotherEpsilonAndType_GivesWhatTheFileGives(int type)
    {
        var size = new GeneratorOptions { Width = 16, Height = 8 };
        var file = NormAlone(type, epsilon: 0.02f);
        using var runner = new OnnxRunner(file);
        using var shared = new SharedRunner(file);
        var dull = AbgrImages.Random(seed: 4, count: 1, size).Select(value => (byte)(100 + (value / 16))).ToArray(); // low variance

        var (own, statistics) = shared.Run(dull, 1, size, new float[shared.Channels], share: 0);
        var (again, _) = shared.Run(dull, 1, size, statistics, share: 1);

        Assert.True(DynamicShapeModel.NormalizesByImage(file));
        Assert.InRange(ByteDifference.Between(runner.Run(dull, 1, size), own).Largest, 0, 1);
        Assert.InRange(ByteDifference.Between(own, again).Largest, 0, 1);
    }

    [Fact]
    public void NormalizesByImage_GroupsOfChannels_AreNone()
    {
        var graph = new OnnxGraph("groups");
        var groups = graph.Node("Reshape", ["picture", graph.Constant(0L, 1L, -1L)]);
        var normalized = graph.Node("InstanceNormalization", [groups, graph.Constant([1f], 1), graph.Constant([0f], 1)]);
        graph.NodeAs("translation", "Reshape", [normalized, graph.Constant(0L, 3L, 8L, 16L)]);
        var file = Model(graph, OnnxType.Float);

        Assert.False(DynamicShapeModel.NormalizesByImage(file));
        using var runner = new OnnxRunner(file); // and it is a model
    }

    [Fact]
    public void WriteShared_RunningStatistics_HasNoneToShare()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        var model = OnnxRunner.Export(generator, Running);

        Assert.False(DynamicShapeModel.NormalizesByImage(model));
        var error = Assert.Throws<InvalidDataException>(() => DynamicShapeModel.WriteShared(model, Stream.Null));
        Assert.Equal("The ONNX model has no per-image normalization, so there are no statistics to share.", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Obstacle_Dropout_IsOne(bool dropout)
    {
        using var generator = RandomizedGenerator.Generator(Options);

        Assert.Equal(dropout, DynamicShapeModel.Obstacle(OnnxRunner.Export(generator, new() { Dropout = dropout })) is not null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Write_NoModel_IsInvalid(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        Assert.Throws<InvalidDataException>(() => DynamicShapeModel.Write(bytes, Stream.Null));
    }

    private static byte[] NormAlone(int type, float epsilon)
    {
        var graph = new OnnxGraph("norm");
        graph.Add(Vector("scale", type, [0.5f, 0.25f, 1]));
        graph.Add(Vector("shift", type, [0, 0.25f, -0.25f]));
        graph.NodeAs("translation", "InstanceNormalization", ["picture", "scale", "shift"], OnnxAttribute.Float("epsilon", epsilon));
        return Model(graph, type);
    }

    private static byte[] Model(OnnxGraph graph, int type)
    {
        using var file = new MemoryStream();
        graph.ToModel([new OnnxValue("picture", type, "N", 3L, 8L, 16L)], [new OnnxValue("translation", type, "N", 3L, 8L, 16L)], []).WriteTo(file);
        using var stream = new MemoryStream();
        ImageModel.Write(file.ToArray(), ImageModelOptions.Default, stream);
        return stream.ToArray();
    }

    private static OnnxConstant Vector(string name, int type, float[] values)
    {
        byte[] bytes = type == OnnxType.Half
            ? [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]
            : [.. values.SelectMany(BitConverter.GetBytes)];
        return new OnnxConstant(new ProtoMessage().AddEach(1, [(long)values.Length]).Add(2, (long)type).Add(8, name).Add(9, bytes));
    }

    private static byte[] Written(Action<ReadOnlyMemory<byte>, Stream> write, Generator generator, InferenceOptions inference)
    {
        using var stream = new MemoryStream();
        write(OnnxRunner.Export(generator, inference), stream);
        return stream.ToArray();
    }

    private sealed class SharedRunner : IDisposable
    {
        private readonly OnnxRunner _runner;

        public SharedRunner(Generator generator) : this(OnnxRunner.Export(generator, InferenceOptions.Default))
        {
        }

        public SharedRunner(byte[] model)
        {
            using var stream = new MemoryStream();
            Channels = DynamicShapeModel.WriteShared(model, stream);
            _runner = new OnnxRunner(stream.ToArray());
        }

        public int Channels { get; }

        public (byte[] Images, float[] Statistics) Run(byte[] images, int count, GeneratorOptions size, float[] given, float share)
        {
            using var input = OrtValue.CreateTensorValueFromMemory(images, [count, size.Height, size.Width, 4]);
            using var statistics = OrtValue.CreateTensorValueFromMemory(given, [1, Channels, 1, 1]);
            using var weight = OrtValue.CreateTensorValueFromMemory([share], [1]);
            using var options = new RunOptions();
            using var results = _runner.Session.Run(
                options,
                [OnnxNames.Input, DynamicShapeModel.GivenStatistics, DynamicShapeModel.GivenShare],
                [input, statistics, weight],
                [OnnxNames.Output, DynamicShapeModel.Statistics]);
            return ([.. results[0].GetTensorDataAsSpan<byte>()], [.. results[1].GetTensorDataAsSpan<float>()]);
        }

        public void Dispose() => _runner.Dispose();
    }
}
