using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests.Inference;

/// <summary>ONNX files that are damaged in their structure: one type of error, whatever is damaged.</summary>
public sealed class DamagedOnnxTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    // A tag is a field number and a wire type: 0 number, 1 64 bits, 2 bytes, 3 and 4 group, 5 32 bits.
    [Theory]
    [InlineData("08")] // a number is missing
    [InlineData("08FFFFFFFFFFFFFFFFFF01", true)] // 10 bytes
    [InlineData("08FFFFFFFFFFFFFFFFFFFF01")] // 11 bytes
    [InlineData("0A")] // a length is missing
    [InlineData("0A01")] // longer than the message
    [InlineData("3AFFFFFFFF07")] // 2^31 - 1
    [InlineData("3A8080808008")] // 2^31
    [InlineData("3AFFFFFFFF0F")] // 2^32 - 1
    [InlineData("3AFFFFFFFFFFFFFFFF7F")] // 2^63 - 1
    [InlineData("3AFFFFFFFFFFFFFFFFFF01")] // 2^64 - 1
    [InlineData("3BFFFFFFFF")] // a group, cut off
    [InlineData("3B3C")] // a group
    [InlineData("3C")] // the end of a group
    [InlineData("3D00000000")] // a 32-bit graph
    [InlineData("3801")] // a number as the graph
    [InlineData("3900000000000000")] // 64 bits, cut off
    [InlineData("00")] // field 0
    [InlineData("07")] // wire type 7
    [InlineData("FFFFFFFFFFFFFFFFFFFF")]
    public void Read_AnImpossibleField_IsInvalidData(string hex, bool isPossible = false)
    {
        foreach (var start in new byte[][] { [], TestModels.Onnx(model.Transformer) })
        {
            byte[] bytes = [.. start, .. Convert.FromHexString(hex)];
            var error = Record.Exception(() => Use(bytes));
            Assert.True(error is InvalidDataException || (isPossible && start.Length > 0 && error is null), $"{error}");
        }
    }

    [Theory]
    [InlineData(1)] // of texts
    [InlineData(5)] // of attributes
    public void Read_MoreFieldsThanAModelHas_IsRefusedCheaply(int field)
    {
        var node = new byte[1 << 23];
        for (var i = 0; i < node.Length; i += 2)
            node[i] = (byte)((field << 3) | 2);
        using var stream = new MemoryStream();
        new ProtoMessage().Add(7, new ProtoMessage().Add(1, node)).WriteTo(stream);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(
            "A message has too many fields; expected at most 1,048,576.",
            Assert.Throws<InvalidDataException>(() => OnnxFile.RequireSelfContained(stream.ToArray())).Message);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 28);
    }

    [Fact]
    public void Read_LongTexts_AreRefused()
    {
        using var stream = new MemoryStream();
        new ProtoMessage().Add(7, new ProtoMessage().Add(1, new ProtoMessage().Add(4, new byte[(1 << 24) + 1]))).WriteTo(stream);

        Assert.Equal(
            "Field 4 of a message contains a text of 16,777,217 bytes; expected at most 16,777,216.",
            Assert.Throws<InvalidDataException>(() => OnnxFile.RequireSelfContained(stream.ToArray())).Message);
    }

    // By hand, once, with 20,000 of each: all were refused or harmless.
    [Theory]
    [InlineData("ours")]
    [InlineData("small")]
    [InlineData("negative")]
    [InlineData("fixed")]
    [InlineData("mixed")]
    public void Read_AnyDamage_IsInvalidData(string name)
    {
        var good = name == "ours"
            ? TestModels.Onnx(model.Transformer)
            : File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reference", "values", $"elsewhere_{name}.onnx"));
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var bad = Damaged(good, random);
            var error = Record.Exception(() => Use(bad));
            Assert.True(error is null or InvalidDataException or ArgumentException, $"{i}: {error}");
        }
    }

    private static byte[] Damaged(byte[] good, Random random)
    {
        List<byte> bad = [.. good];
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Structure stands at both ends, weights between them.
            var at = random.Next(2) == 0 ? random.Next(Math.Min(bad.Count, 3000)) : bad.Count - 1 - random.Next(Math.Min(bad.Count, 3000));
            switch (random.Next(5))
            {
                case 0:
                    bad[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bad[at] = (byte)(random.Next(2) * 255);
                    break;
                case 2:
                    bad.RemoveRange(at, random.Next(Math.Min(20, bad.Count - at)));
                    break;
                case 3:
                    bad.InsertRange(at, Enumerable.Repeat((byte)255, random.Next(10)));
                    break;
                default:
                    bad[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bad];
    }

    private static void Use(byte[] bytes)
    {
        OnnxFile.RequireSelfContained(bytes);
        _ = OnnxMetadata.Find(bytes, "key");
        _ = OnnxMetadata.All(bytes);
        if (!ImageModel.IsOurs(bytes))
        {
            using var stream = new MemoryStream();
            ImageModel.Write(bytes, new() { Width = 32, Height = 32 }, stream);
            bytes = stream.ToArray();
        }

        _ = DynamicShapeModel.Obstacle(bytes);
        DynamicShapeModel.Write(bytes, Stream.Null);
        if (DynamicShapeModel.NormalizesByImage(bytes))
            DynamicShapeModel.WriteShared(bytes, Stream.Null);
        OnnxVariants.Write(bytes, new() { Weights = WeightPrecision.Half }, Stream.Null);
        OnnxVariants.Write(bytes, new() { Weights = WeightPrecision.Int8 }, Stream.Null);
    }
}
