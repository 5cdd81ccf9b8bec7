using System.Buffers.Binary;
using System.IO.Compression;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Tests.Checkpoints;
using static Pix2Pix.Torch.Tests.Import.PickleBytes;

namespace Pix2Pix.Torch.Tests.Import;

[Collection(TorchCollection.Name)]
public sealed class ZippedStateTests : IDisposable
{
    private static readonly byte[] Numbers123 = [.. new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes)];
    private static readonly byte[] State = Pickle(Dictionary(("a", Tensor(Storage("0", 6), 0, [6], [1]))));

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("x.pth");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Strides_AreFollowed()
    {
        var storage = Storage("0", 6);
        Write(Pickle(Dictionary(
            ("rows", Tensor(storage, 0, [2, 3], [3, 1])),
            ("columns", Tensor(storage, 0, [3, 2], [1, 3])),
            ("part", Tensor(storage, 2, [2], [2])),
            ("overlap", Tensor(storage, 1, [2, 2], [1, 1])),
            ("scalar", Tensor(storage, 5, [], [])),
            ("empty", Tensor(storage, 0, [0, 3], [3, 1])))));
        var shown = Read();

        Assert.Equal([1f, 2, 3, 4, 5, 6], shown["rows"]);
        Assert.Equal([1f, 4, 2, 5, 3, 6], shown["columns"]);
        Assert.Equal([3f, 5], shown["part"]);
        Assert.Equal([2f, 3, 3, 4], shown["overlap"]);
        Assert.Equal([6f], shown["scalar"]);
        Assert.Empty(shown["empty"]);
    }

    [Fact]
    public void Read_LargeZip_IsRead()
    {
        Write(State);
        var bytes = File.ReadAllBytes(Path);
        var end = bytes.Length - 22;
        // An end of zip64 with a locator in front of the end, whose own numbers are full.
        var large = new byte[56 + 20];
        "PK\u0006\u0006"u8.CopyTo(large);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(32), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(end + 10)));
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + 12)));
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + 16)));
        "PK\u0006\u0007"u8.CopyTo(large.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(64), end);
        bytes.AsSpan(end + 8, 12).Fill(255);
        File.WriteAllBytes(Path, [.. bytes[..end], .. large, .. bytes[end..]]);

        Assert.Equal([1f, 2, 3, 4, 5, 6], Read()["a"]);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(42)]
    public void ZipEntry_LargeNumber_IsInItsExtraField(int field)
    {
        var header = new byte[46];
        header.AsSpan(field, 4).Fill(255);
        if (field == 24)
            header.AsSpan(20, 4).Fill(255);
        var extra = new byte[4 + 8 + 4 + 24];
        (extra[0], extra[2], extra[12], extra[14]) = (7, 8, 1, 24); // another field comes first
        for (var i = 0; i < 3; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(16 + 8 * i), 1UL << 33);

        var entry = ZipEntry.Of(header, extra);

        Assert.Equal(field == 24 ? (1UL << 33, 0UL) : (0UL, 1UL << 33), (entry.Length, entry.Offset));
        Assert.True(entry.IsPlain);
    }

    [Fact]
    public void Open_CompressedEntry_IsRefused()
    {
        Write(State, numbers: new byte[1 << 20], CompressionLevel.SmallestSize);
        AssertError("Its entry 'net/data.pkl' is compressed or encrypted, which torch.save does not do; write it again with torch.save.");
    }

    [Fact]
    public void Open_EntryOfAnotherLength_IsRefused()
    {
        Write(State, numbers: new byte[20]);
        AssertError("Its entry 'net/data/0' has 20 bytes; its tensors say 24.");
    }

    [Fact]
    public void Open_NoStorage_IsRefused()
    {
        Write(State, numbers: null);
        AssertError("It has no entry 'net/data/0'.");
    }

    [Fact]
    public void Open_BigEndian_IsRefused()
    {
        Write(State, order: "big");
        AssertError("It was not written by a little-endian machine; write it again on one.");
    }

    [Fact]
    public void Open_NoPickle_IsRefused()
    {
        using (var zip = ZipFile.Open(Path, ZipArchiveMode.Create))
            zip.CreateEntry("word/document.xml");
        AssertError("It is a zip with 0 entries NAME/data.pkl; torch.save writes one.");
    }

    [Fact]
    public void Open_TwoEntriesOfOneName_IsRefused()
    {
        Write(State, copies: 2);
        AssertError("Its directory has two entries 'net/data/0'.");
    }

    [Fact]
    public void Open_ManyTensorsOfTheSameNumbers_IsRefused()
    {
        var same = Tensor(Storage("0", 1000), 0, [1000], [1]);
        Write(Pickle(Dictionary([.. Enumerable.Range(0, 100).Select(i => ($"{i}", same))])), new byte[4000]);
        var error = Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path)).Message;
        Assert.StartsWith("Its tensors have 400000 bytes, but the file has ", error);
    }

    [Fact]
    public void Read_ChangedNumber_IsDamaged()
    {
        Write(State);
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.AsSpan().IndexOf(Numbers123) + 5] ^= 1;
        File.WriteAllBytes(Path, bytes);
        var error = Assert.Throws<InvalidDataException>(Read);
        Assert.Equal("It is damaged: the checksum of storage '0' is not that of its bytes.", error.Message);
    }

    [Fact]
    public void Open_AnyTruncation_IsRefused()
    {
        Write(State);
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path));
        }
    }

    [Theory]
    [InlineData("", "It begins with nothing; ")]
    [InlineData("GIF89a", "It begins with 474946383961; ")]
    public void Open_OtherFile_IsRefused(string text, string error)
    {
        File.WriteAllText(Path, text);
        AssertError($"{error}expected a state dict, written by torch.save(net.state_dict(), path), or safetensors.");
    }

    private void Write(
        byte[] state, byte[]? numbers, CompressionLevel compression = CompressionLevel.NoCompression, string? order = null, int copies = 1)
    {
        using var zip = ZipFile.Open(Path, ZipArchiveMode.Create);
        Add("net/data.pkl", state);
        if (order is not null)
            Add("net/byteorder", Code(order));
        for (var i = 0; numbers is not null && i < copies; i++)
            Add("net/data/0", numbers);

        void Add(string name, byte[] bytes)
        {
            using var entry = zip.CreateEntry(name, compression).Open();
            entry.Write(bytes);
        }
    }

    private void Write(byte[] state, string? order = null, int copies = 1)
        => Write(state, Numbers123, order: order ?? "little", copies: copies);

    private Dictionary<string, float[]> Read()
    {
        using var file = WeightFile.Open(Path);
        var shown = new Dictionary<string, float[]>();
        file.Read([.. file.Tensors.Select(t => t.Name)], (name, tensor) => shown[name] = Tensors.Floats(tensor));
        return shown;
    }

    private void AssertError(string error)
        => Assert.Equal(error, Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path)).Message);
}
