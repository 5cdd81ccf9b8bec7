namespace Pix2Pix.Torch.Onnx;

/// <summary>An input or output of a model: its name, its <see cref="OnnxType"/>, its dimensions, numbers or names.</summary>
internal sealed record OnnxValue(string Name, int Type, params object[] Dimensions)
{
    /// <summary>Images of bytes, (N, height, width, channels), of any size where no size is given.</summary>
    public static OnnxValue Images(string name, int channels, (int Height, int Width)? size = null)
        => size is { } s
            ? new(name, OnnxType.UInt8, "N", (long)s.Height, (long)s.Width, (long)channels)
            : new(name, OnnxType.UInt8, "N", "H", "W", (long)channels);

    public ProtoMessage ToMessage()
    {
        var shape = new ProtoMessage().AddEach(1, Dimensions.Select(dimension => dimension is string name
            ? new ProtoMessage().Add(2, name)
            : new ProtoMessage().Add(1, (long)dimension)));
        var tensor = new ProtoMessage().Add(1, Type).Add(2, shape);
        return new ProtoMessage().Add(1, Name).Add(2, new ProtoMessage().Add(1, tensor));
    }
}
