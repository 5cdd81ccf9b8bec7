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
        var large = LargeEnd(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(end + 10)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + 12)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + 16)),
            at: end);
        bytes.AsSpan(end + 8, 12).Fill(255);
        File.WriteAllBytes(Path, [.. bytes[..end], .. large, .. bytes[end..]]);

        Assert.Equal([1f, 2, 3, 4, 5, 6], Read()["a"]);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(42)]
    public void Read_LargeNumber_IsInTheExtraFieldOfItsEntry(int field)
    {
        Write(State);
        ChangeDirectory(header =>
        {
            var extra = new byte[4 + 8 + 4 + 24];
            (extra[0], extra[2], extra[12], extra[14]) = (7, 8, 1, 24); // another field precedes it
            var number = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(field));
            for (var i = 0; i < 3; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(16 + 8 * i), number);
            header.AsSpan(field, 4).Fill(255);
            if (field == 24)
                header.AsSpan(20, 4).Fill(255);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), (ushort)extra.Length);
            return [.. header, .. extra];
        });
        Assert.Equal([1f, 2, 3, 4, 5, 6], Read()["a"]);
    }

    [Theory]
    [InlineData(8, 1, "Its entry 'net/data/0' is compressed or encrypted; expected a stored entry. Save the file again with torch.save.")]
    [InlineData(10, 14, "It is a truncated or damaged zip archive: ")] // LZMA
    [InlineData(20, 25, "Its entry 'net/data/0' is compressed or encrypted; expected a stored entry. Save the file again with torch.save.")]
    [InlineData(24, 25, "Its entry 'net/data/0' has 25 bytes; its tensors require 24.")]
    [InlineData(42, 1, "It is a truncated or damaged zip archive: ")] // not at a local header
    [InlineData(42, 0x7FFFFFFF, "It is a truncated or damaged zip archive: ")] // beyond the end of the file
    public void Open_EntryThatIsNotAsTorchSaves_IsRejected(int field, int value, string error)
    {
        Write(State);
        ChangeDirectory(header =>
        {
            if (field is 8 or 10)
                BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(field), (short)value);
            else
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(field), value);
            if (field == 24)
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), value);
            return header;
        });
        Assert.StartsWith(error, Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path)).Message);
    }

    [Fact]
    public void Read_StorageMarkedAsCompressed_IsDamaged()
    {
        Write(State, numbers: [3, .. new byte[23]]); // an empty deflate stream
        ChangeDirectory(header =>
        {
            header[10] = 8;
            return header;
        });
        Assert.Equal("It is damaged: storage '0' ends before its last element.", Assert.Throws<InvalidDataException>(Read).Message);
    }

    [Fact]
    public void Read_OverlappingEntries_HaveTheSameNumbers()
    {
        var storages = (string[])["0", "1"];
        Write(
            Pickle(Dictionary([.. storages.Select(key => (key, Tensor(Storage(key, 6), 0, [6], [1])))])), Numbers123, storages: storages);
        var first = 0;
        ChangeDirectory(header =>
        {
            var offset = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(42));
            if (header.AsSpan(46).SequenceEqual("net/data/0"u8))
                first = offset;
            else if (first > 0)
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(42), first);
            return header;
        });

        var read = Read();

        Assert.Equal([1f, 2, 3, 4, 5, 6], read["0"]);
        Assert.Equal(read["0"], read["1"]);
    }

    [Fact]
    public void Open_DirectoryOfMillionsOfEntries_IsRejectedBeforeItIsInMemory()
    {
        Write(State, order: "little");
        var bytes = File.ReadAllBytes(Path);
        var (start, count) = (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 22 + 16)), 1_000_000);
        using (var file = new BufferedStream(File.Create(Path)))
        {
            file.Write(bytes.AsSpan(0, start));
            var header = bytes[start..(start + 46)];
            header[28] = 4; // a name of 4 bytes
            for (var i = 0; i < count; i++)
            {
                file.Write(header);
                file.Write(BitConverter.GetBytes(i));
            }

            var large = LargeEnd(count, (ulong)(count * 50), (ulong)start, at: start + count * 50);
            file.Write(large);
            bytes.AsSpan(bytes.Length - 22 + 8, 12).Fill(255);
            file.Write(bytes.AsSpan(bytes.Length - 22));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertError("It is a truncated or damaged zip archive: its directory has more than 4194304 bytes.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 << 20);
    }

    [Fact]
    public void Open_NamesThatLeaveTheFolder_AreOnlyNames()
    {
        Write(Pickle(Dictionary(("a", Tensor(Storage("../../0", 6), 0, [6], [1])))), Numbers123, storages: ["../../0"]);
        Assert.Equal([1f, 2, 3, 4, 5, 6], Read()["a"]);
        Assert.Equal([Path], Directory.GetFileSystemEntries(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void Open_CompressedEntry_IsRejected()
    {
        Write(State, numbers: new byte[1 << 20], CompressionLevel.SmallestSize);
        AssertError("Its entry 'net/data.pkl' is compressed or encrypted; expected a stored entry. Save the file again with torch.save.");
    }

    [Fact]
    public void Open_EntryOfAnotherLength_IsRejected()
    {
        Write(State, numbers: new byte[20]);
        AssertError("Its entry 'net/data/0' has 20 bytes; its tensors require 24.");
    }

    [Fact]
    public void Open_NoStorage_IsRejected()
    {
        Write(State, numbers: null);
        AssertError("It has no entry 'net/data/0'.");
    }

    [Fact]
    public void Open_BigEndian_IsRejected()
    {
        Write(State, order: "big");
        AssertError("It does not use little-endian byte order. Save it again on a little-endian machine.");
    }

    [Fact]
    public void Open_NoPickle_IsRejected()
    {
        using (var zip = ZipFile.Open(Path, ZipArchiveMode.Create))
            zip.CreateEntry("word/document.xml");
        AssertError("It is a zip archive with 0 entries that end with /data.pkl; expected exactly one.");
    }

    [Fact]
    public void Open_TwoEntriesOfOneName_IsRejected()
    {
        Write(State, copies: 2);
        AssertError("It has two entries 'net/data/0'.");
    }

    [Fact]
    public void Open_ManyTensorsOfTheSameNumbers_IsRejected()
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
        Assert.Equal("It is damaged: the checksum of storage '0' does not match.", error.Message);
    }

    [Fact]
    public void Open_AnyTruncation_IsRejected()
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
    [InlineData("", "It is empty; ")]
    [InlineData("GIF89a", "It begins with the bytes 474946383961; ")]
    public void Open_OtherFile_IsRejected(string text, string error)
    {
        File.WriteAllText(Path, text);
        AssertError($"{error}expected a state dict written by torch.save(net.state_dict(), path), or a safetensors file.");
    }

    private void Write(
        byte[] state, byte[]? numbers, CompressionLevel compression = CompressionLevel.NoCompression, string? order = null, int copies = 1,
        string[]? storages = null)
    {
        using var zip = ZipFile.Open(Path, ZipArchiveMode.Create);
        Add("net/data.pkl", state);
        if (order is not null)
            Add("net/byteorder", Code(order));
        for (var i = 0; numbers is not null && i < copies; i++)
        {
            foreach (var storage in storages ?? ["0"])
                Add($"net/data/{storage}", numbers);
        }

        void Add(string name, byte[] bytes)
        {
            using var entry = zip.CreateEntry(name, compression).Open();
            entry.Write(bytes);
        }
    }

    private void Write(byte[] state, string? order = null, int copies = 1)
        => Write(state, Numbers123, order: order ?? "little", copies: copies);

    /// <summary>A zip64 end record with a locator before the regular end record, whose fields are at their maximum.</summary>
    private static byte[] LargeEnd(int count, ulong length, ulong offset, long at)
    {
        var large = new byte[56 + 20];
        "PK\u0006\u0006"u8.CopyTo(large);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(24), count);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(32), count);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(40), length);
        BinaryPrimitives.WriteUInt64LittleEndian(large.AsSpan(48), offset);
        "PK\u0006\u0007"u8.CopyTo(large.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(64), at);
        return large;
    }

    /// <summary>Rewrites the directory headers of the storage entries.</summary>
    private void ChangeDirectory(Func<byte[], byte[]> change)
    {
        var bytes = File.ReadAllBytes(Path);
        var end = bytes[^22..];
        var start = BinaryPrimitives.ReadInt32LittleEndian(end.AsSpan(16));
        List<byte> directory = [];
        for (var at = start; at < bytes.Length - 22;)
        {
            var next = at + 46 + bytes[at + 28] + bytes[at + 30] + bytes[at + 32];
            var header = bytes[at..next];
            directory.AddRange(header.AsSpan(46).StartsWith("net/data/"u8) ? change(header) : header);
            at = next;
        }

        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), directory.Count);
        File.WriteAllBytes(Path, [.. bytes[..start], .. directory, .. end]);
    }

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
