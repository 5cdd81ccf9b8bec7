using System.Text;

namespace Pix2Pix.ML.Tests.Evaluation;

/// <summary>ONNX models that take the means of red, green and blue as features. Field numbers are those of onnx.proto.</summary>
internal static class FeatureModels
{
    /// <summary>(N, 3, side, side) to (N, 3, 1, 1); a side of null is free.</summary>
    public static byte[] ChannelsFirst(int? side = 8, int? count = null)
        => Model(Node("GlobalAveragePool"), Value("images", count, 3, side, side), Value("means", count, 3, 1, 1));

    /// <summary>(N, side, side, 3) to (N, 3).</summary>
    public static byte[] ChannelsLast(int side)
        => Model(
            Node(
                "ReduceMean",
                Message((1, "axes"), (8, 1), (8, 2), (20, 7)), // 7: integers
                Message((1, "keepdims"), (3, 0), (20, 2))), // 2: an integer
            Value("images", null, side, side, 3),
            Value("means", null, 3));

    /// <summary>A model that returns the images themselves.</summary>
    public static byte[] Identity() => Model(Node("Identity"), Value("images", null, 3, 8, 8), Value("means", null, 3, 8, 8));

    /// <summary>A model that returns the logarithm of the images' means, which is not finite for black.</summary>
    public static byte[] Logarithm() => Model(Node("Log"), Value("images", null, 3, 1, 1), Value("means", null, 3, 1, 1));

    /// <summary>A model that returns different features in each call.</summary>
    public static byte[] Noise() => Model(Node("RandomNormalLike"), Value("images", null, 3, 8, 8), Value("means", null, 3, 8, 8));

    /// <summary>A model whose input is not an image.</summary>
    public static byte[] NoImages() => Model(Node("Identity"), Value("images", null, 4), Value("means", null, 4));

    private static byte[] Model(byte[] node, byte[] input, byte[] output) => Message(
        (1, 8), // IR version
        (7, Message((1, node), (2, "graph"), (11, input), (12, output))),
        (8, Message((1, string.Empty), (2, 17)))); // opset

    private static byte[] Node(string type, params byte[][] attributes)
        => Message([(1, "images"), (2, "means"), (4, type), .. attributes.Select(attribute => (5, (object)attribute))]);

    private static byte[] Value(string name, params int?[] shape)
    {
        var dimensions = shape.Select(length => (1, (object)(length is { } known ? Message((1, known)) : Message((2, "free")))));
        return Message((1, name), (2, Message((1, Message((1, 1), (2, Message([.. dimensions])))))));
    }

    private static byte[] Message(params (int Field, object Value)[] fields)
    {
        using var message = new MemoryStream();
        foreach (var (field, value) in fields)
        {
            if (value is int number)
            {
                Varint(message, field << 3);
                Varint(message, number);
                continue;
            }

            var bytes = value as byte[] ?? Encoding.UTF8.GetBytes((string)value);
            Varint(message, (field << 3) | 2);
            Varint(message, bytes.Length);
            message.Write(bytes);
        }

        return message.ToArray();
    }

    private static void Varint(Stream stream, int value)
    {
        for (; value > 127; value >>= 7)
            stream.WriteByte((byte)(value | 128));
        stream.WriteByte((byte)value);
    }
}
