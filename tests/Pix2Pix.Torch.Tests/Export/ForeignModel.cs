using Pix2Pix.Onnx;

namespace Pix2Pix.Torch.Tests.Export;

/// <summary>A model as other tools might export it, which returns the negative of an image.</summary>
/// <param name="Opset">The version of ONNX's operators.</param>
/// <param name="Type">The type of input and output.</param>
/// <param name="Layout">The order of the dimensions.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Black">The value of level 0.</param>
/// <param name="White">The value of level 255.</param>
internal sealed record ForeignModel(
    int Opset = 17,
    int Type = OnnxType.Float,
    ImageLayout Layout = ImageLayout.ChannelsFirst,
    int Channels = 3,
    double Black = -1,
    double White = 1)
{
    /// <summary>The dimensions (N, height, width); dynamic if they are text.</summary>
    public (object Count, object Height, object Width) Size { get; init; } = ("batch", "height", "width");

    /// <summary>The name of its output.</summary>
    public string Output { get; init; } = "Mul_1"; // the exporter uses such names as well

    public KeyValuePair<string, string>[] Metadata { get; init; } = [];

    public static byte[] Negative(ForeignModel model)
    {
        // Constants, and the sum from which the image is subtracted: black + white.
        var sum = new ProtoMessage().Add(2, (long)OnnxType.Float).Add(8, "sum").Add(9, BitConverter.GetBytes((float)(model.Black + model.White)));
        var graph = new ProtoMessage()
            .Add(1, Cast("picture", "single", OnnxType.Float))
            .Add(1, new ProtoMessage().AddEach(1, ["sum", "single"]).Add(2, "negative").Add(4, "Sub"))
            .Add(1, Cast("negative", model.Output, model.Type))
            .Add(2, "elsewhere")
            .Add(5, sum)
            .Add(11, model.Value("picture").ToMessage())
            .Add(12, model.Value(model.Output).ToMessage());
        var message = new ProtoMessage()
            .Add(1, 4L)
            .Add(7, graph)
            .Add(8, new ProtoMessage().Add(2, (long)model.Opset))
            .AddEach(14, model.Metadata.Select(pair => new ProtoMessage().Add(1, pair.Key).Add(2, pair.Value)));
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }

    private static ProtoMessage Cast(string from, string to, int type)
        => new ProtoMessage().Add(1, from).Add(2, to).Add(4, "Cast").Add(5, OnnxAttribute.Int("to", type).ToMessage());

    private OnnxValue Value(string name) => Layout == ImageLayout.ChannelsFirst
        ? new OnnxValue(name, Type, Size.Count, (long)Channels, Size.Height, Size.Width)
        : new OnnxValue(name, Type, Size.Count, Size.Height, Size.Width, (long)Channels);
}
