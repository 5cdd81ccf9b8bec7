using System.Buffers.Binary;
using System.Text;
using Pix2Pix.Torch.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Checkpoints;

[Collection(TorchCollection.Name)]
public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A handwritten file in the documented format: length, header, values.</summary>
    [Fact]
    public void Read_FileWrittenByHand_GivesItsTensors()
    {
        using var scope = NewDisposeScope();
        var path = Write(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}   """,
            [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);

        using var file = SafeTensorsFile.Open(path);

        Assert.Equal(["a", "b"], file.Tensors.Select(t => t.Name));
        Assert.Equal([1f, -2f], Tensors.Floats(file.Read("a", CPU)));
        Assert.Equal([1L, 2L], file.Read("a", CPU).shape);
        Assert.Equal(-2, file.Read("b", CPU).ToInt64());
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Null(file.Find("c"));
        Assert.Equal("F32 1x2, I64 scalar", string.Join(", ", file.Tensors.Select(t => t.Form)));
    }

    [Fact]
    public void Write_Tensors_GivesTheBytesOfTheFormat()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        var header = SafeTensorsHeader.Of([("a", "F32", [2]), ("b", "U8", [1])], new Dictionary<string, string> { ["k"] = "\"v\"" });

        SafeTensorsFile.Write(stream, header, [tensor([1f, -2f]), tensor([(byte)7])]);

        var json = """{"__metadata__":{"k":"\"v\""},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}""";
        var padded = json.PadRight((json.Length + 7) / 8 * 8);
        byte[] expected = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded), 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 7];
        Assert.Equal(expected, stream.ToArray());
        Assert.Equal(expected.Length, SafeTensorsFile.LengthOf(header));
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void WriteAndRead_AnyType_GivesTheSameValues(ScalarType type)
    {
        using var scope = NewDisposeScope();
        AssertRoundTrip(Tensors.Random(1, 3, 700).mul(tensor(100f)).to(type).t()); // transposed, so not contiguous
    }

    /// <summary>Slightly more than 16 MiB, so that it is read and written in two parts.</summary>
    [Fact]
    public void WriteAndRead_LargeTensor_GivesTheSameValues()
    {
        using var scope = NewDisposeScope();
        AssertRoundTrip(Tensors.Random(1, 4_200_000));
    }

    [Fact]
    public void WriteAndRead_EmptyTensor_KeepsItsShape()
    {
        using var scope = NewDisposeScope();
        AssertRoundTrip(empty(0, 3));
    }

    private void AssertRoundTrip(Tensor tensor)
    {
        var type = tensor.dtype;
        var header = SafeTensorsHeader.Of([("x", SafeTensorsType.NameOf(type), tensor.shape)], new Dictionary<string, string>());
        using (var stream = File.Create(_folder.File("x")))
            SafeTensorsFile.Write(stream, header, [tensor]);

        using var file = SafeTensorsFile.Open(_folder.File("x"));
        var read = file.Read("x", CPU);

        Assert.Equal(type, read.dtype);
        Assert.Equal(tensor.shape, read.shape);
        Assert.True(read.eq(tensor).all().ToBoolean());
        Assert.Equal(new FileInfo(_folder.File("x")).Length, SafeTensorsFile.LengthOf(header));
    }

    [Theory]
    [InlineData("[]", 0, "The header is not a JSON object.")]
    [InlineData("{\"a\":1}", 0, "Tensor 'a' is not a JSON object.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "Tensor 'a' is incomplete; expected dtype, shape and two data_offsets.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "Tensor 'a' is incomplete; expected dtype, shape and two data_offsets.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}", 4, "Tensor 'a' has an unknown member 'x'.")]
    [InlineData("{\"a\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "Tensor 'a' has type 'F8'; expected one of F64, I64, F32, I32, F16, BF16, I16, U8, I8, BOOL.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "Tensor 'a' has data_offsets 0 and 4, which do not match its type and shape, F32 2.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "Tensor 'a' has data_offsets 4 and 0, which do not match its type and shape, F32 1.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0, "Tensor 'a' has data_offsets 0 and 0, which do not match its type and shape, F32 4611686018427387904x4.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "The shape of tensor 'a' is [-1]; expected " +
        "an array of non-negative integers.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4, "The shape of tensor 'a' is [1.5]; expected " +
        "an array of non-negative integers.")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":\"1\",\"data_offsets\":[0,4]}}", 4, "The shape of tensor 'a' is \"1\"; expected " +
        "an array of non-negative integers.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}", 3, "Tensor 'b' begins at byte 1 of the data; expected 2, the end of the previous tensor.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}", 3, "Tensor 'a' begins at byte 1 of the data; expected 0, the end of the previous tensor.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}", 3, "The tensors have 2 bytes in total; expected 3, the number of bytes after the header.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}", 1, "The tensors have 2 bytes in total; expected 1, the number of bytes after the header.")]
    [InlineData("{\"__metadata__\":{\"k\":null}}", 0, "'k' in __metadata__ is not a string.")]
    public void Open_ContradictoryHeader_ReportsWhatIsWrong(string header, int data, string error)
        => AssertDamaged(Write(header, new byte[data]), error);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"__metadata__\":{\"k\":1}}")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}")]
    public void Open_NotTheJsonOfTheFormat_ReportsIt(string header)
    {
        var error = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(Write(header, [0, 0])));
        Assert.Contains("' is damaged or not a safetensors file. The header is not valid safetensors JSON: ", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Open_TooShortForALength_ReportsIt(int length)
    {
        File.WriteAllBytes(_folder.File("x"), new byte[length]);
        AssertDamaged(_folder.File("x"), $"It has {length} bytes; expected at least 8.");
    }

    [Theory]
    [InlineData(3L, "3")]
    [InlineData(100_000_001L, "100000001")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(-1L, "18446744073709551615")]
    public void Open_HeaderLongerThanTheFile_AllocatesNothing(long length, string said)
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        File.WriteAllBytes(_folder.File("x"), bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        AssertDamaged(_folder.File("x"), $"Its header length is {said} bytes; expected at most 2.");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private string Write(string header, byte[] data)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(_folder.File("x"), [.. BitConverter.GetBytes((long)bytes.Length), .. bytes, .. data]);
        return _folder.File("x");
    }

    private static void AssertDamaged(string path, string error)
        => Assert.Equal(
            $"'{path}' is damaged or not a safetensors file. {error}",
            Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(path)).Message);
}
