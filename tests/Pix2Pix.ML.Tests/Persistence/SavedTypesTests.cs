using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>Models with weights of any type, saved, and opened with and without Pix2Pix: the same pixels.</summary>
[Collection(SavingCollection.Name)]
public sealed class SavedTypesTests(TrainedModel model) : IDisposable
{
    private const int Side = 32;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
    private readonly MLContext _context = model.Context;

    /// <summary>Each type of onnx.proto that ONNX Runtime converts to float, and its one.</summary>
    public static TheoryData<string, int, byte[]> Types { get; } = new()
    {
        { "float", 1, BitConverter.GetBytes(1f) },
        { "uint8", 2, [1] },
        { "int8", 3, [1] },
        { "uint16", 4, [1, 0] },
        { "int16", 5, [1, 0] },
        { "int32", 6, [1, 0, 0, 0] },
        { "int64", 7, [1, 0, 0, 0, 0, 0, 0, 0] },
        { "string", 8, "1"u8.ToArray() },
        { "bool", 9, [1] },
        { "float16", 10, BitConverter.GetBytes((Half)1) },
        { "double", 11, BitConverter.GetBytes(1.0) },
        { "uint32", 12, [1, 0, 0, 0] },
        { "uint64", 13, [1, 0, 0, 0, 0, 0, 0, 0] },
        { "bfloat16", 16, [0x80, 0x3f] },
        { "float8e4m3fn", 17, [0x38] },
        { "float8e4m3fnuz", 18, [0x40] },
        { "float8e5m2", 19, [0x3c] },
        { "float8e5m2fnuz", 20, [0x40] },
        { "uint4", 21, [1] },
        { "int4", 22, [1] },
        { "float8e8m0", 24, [127] },
        { "uint2", 25, [1] },
        { "int2", 26, [1] },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Types))]
    public void Save_WeightsOfAnyType_OpenAnywhere(string name, int type, byte[] one)
    {
        var onnx = PathOf($"{name}.onnx");
        File.WriteAllBytes(onnx, TimesOne(type, one));
        using var opened = _context.ImageTranslation.ApplyModel("Output", "Input", onnx).Open();

        var pixels = AssertSamePixels(opened);

        using var image = TestImages.Input(4);
        Assert.Equal(PixelLayout.ToRgba(image).Pixels, pixels);
    }

    [Theory]
    [InlineData(14, 8)] // complex64
    [InlineData(15, 16)] // complex128
    [InlineData(23, 1)] // float4e2m1
    public void Open_WeightsThatOnnxRuntimeLacks_NamesTheFile(int type, int length)
    {
        var onnx = PathOf("model.onnx");
        File.WriteAllBytes(onnx, TimesOne(type, new byte[length]));

        var error = Assert.Throws<InvalidDataException>(() => _context.ImageTranslation.ApplyModel("Output", "Input", onnx).Open());

        Assert.StartsWith($"'{onnx}': ONNX Runtime cannot load the model (", error.Message);
    }

    /// <summary>A file of this library, after a tool has turned its constants into initializers.</summary>
    [Fact]
    public void Save_OurFileWithInitializersOf16Bits_OpensAnywhere()
    {
        var (half, changed) = (PathOf("half.onnx"), PathOf("changed.onnx"));
        model.Transformer.SaveAsOnnx(half, new() { Weights = WeightPrecision.Half });
        File.WriteAllBytes(changed, WithInitializers(File.ReadAllBytes(half)));
        using var opened = _context.ImageTranslation.ApplyModel("Output", "Input", changed).Open();

        AssertSamePixels(opened);
    }

    [Fact]
    public void Save_HalfWeights_StayHalfAndOpenWithoutPix2Pix()
    {
        var (half, zip, again, png) = (PathOf("half.onnx"), PathOf("half.zip"), PathOf("again.onnx"), PathOf("image.png"));
        model.Transformer.SaveAsOnnx(half, new() { Weights = WeightPrecision.Half });
        using (var image = TestImages.Input(4, 40, 40))
            image.Save(png);
        using var opened = _context.ImageTranslation.ApplyModel("Output", "Input", half).Open();
        using var decoded = ImageFiles.Read(png);
        using var expected = opened.Translate(decoded);

        Save(opened, zip);

        using var loaded = _context.ImageTranslation.LoadTransformer(zip);
        loaded.SaveAsOnnx(again);
        Assert.Equal(File.ReadAllBytes(half), File.ReadAllBytes(again));
        Assert.Equal([TestImages.Hash(expected)], StockReaderProcess.Run(zip, "Input", "Output", png));
    }

    private byte[] AssertSamePixels(Pix2PixTransformer transformer)
    {
        var zip = PathOf("model.zip");
        Save(transformer, zip);
        using var loaded = _context.ImageTranslation.LoadTransformer(zip);
        var stock = _context.Model.Load(zip, out _);
        using var owned = (IDisposable)stock;
        var (expected, found, foundByStock) = (Pixels(transformer), Pixels(loaded), Pixels(stock));
        Assert.Equal(expected, found);
        Assert.Equal(expected, foundByStock);
        return expected;
    }

    private byte[] Pixels(ITransformer transformer)
    {
        using var image = TestImages.Input(4);
        var view = transformer.Transform(_context.Data.LoadFromEnumerable([new TestRow { Input = image }]));
        using var translation = view.GetColumn<MLImage>("Output").Single();
        return PixelLayout.ToRgba(translation).Pixels;
    }

    private void Save(Pix2PixTransformer transformer, string zip)
        => _context.Model.Save(transformer, TrainedModel.TrainingRows(_context).Schema, zip);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // The picture times a weight of 1 of the given type.
    private static byte[] TimesOne(int type, byte[] one)
    {
        var weight = new ProtoMessage().Add(TensorProto.DataType, type).Add(TensorProto.Name, "weight");
        weight = type == 8 ? weight.Add(6, one) : weight.Add(TensorProto.RawData, one);
        var cast = new ProtoMessage().Add(NodeProto.Input, "weight").Add(NodeProto.Output, "wide").Add(NodeProto.OpType, "Cast")
            .Add(NodeProto.Attribute, OnnxAttribute.Int("to", OnnxType.Float).ToMessage());
        var product = new ProtoMessage().AddEach(NodeProto.Input, ["picture", "wide"]).Add(NodeProto.Output, "result").Add(NodeProto.OpType, "Mul");
        return Bytes(new ProtoMessage()
            .Add(ModelProto.IrVersion, 13L)
            .Add(ModelProto.Graph, new ProtoMessage()
                .AddEach(GraphProto.Node, [cast, product])
                .Add(GraphProto.Name, "elsewhere")
                .Add(GraphProto.Initializer, weight)
                .Add(GraphProto.Input, OnnxValue.Maps("picture", 3, (Side, Side)).ToMessage())
                .Add(GraphProto.Output, OnnxValue.Maps("result", 3, (Side, Side)).ToMessage()))
            .Add(ModelProto.OpsetImport, new ProtoMessage().Add(OperatorSetIdProto.Version, 25L)));
    }

    private static byte[] WithInitializers(byte[] model)
    {
        var message = ProtoMessage.Parse(model);
        var graph = message.Messages(ModelProto.Graph).Single();
        var constants = graph.Messages(GraphProto.Node).Where(node => node.Text(NodeProto.OpType) == "Constant").Select(OnnxNode.Read).ToArray();
        Assert.NotEmpty(constants);
        return Bytes(message.Without(ModelProto.Graph).Add(ModelProto.Graph, graph.Without(GraphProto.Node)
            .AddEach(GraphProto.Node, graph.Messages(GraphProto.Node).Where(node => node.Text(NodeProto.OpType) != "Constant"))
            .AddEach(GraphProto.Initializer, constants.Select(node => new OnnxConstant(node.Tensor!).As(node.Outputs[0]).ToMessage()))));
    }

    private static byte[] Bytes(ProtoMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }
}
