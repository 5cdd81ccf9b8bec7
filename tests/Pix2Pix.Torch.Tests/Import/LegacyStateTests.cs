using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Tests.Checkpoints;
using static Pix2Pix.Torch.Tests.Import.PickleBytes;

namespace Pix2Pix.Torch.Tests.Import;

[Collection(TorchCollection.Name)]
public sealed class LegacyStateTests : IDisposable
{
    private static readonly byte[] State = Pickle(Dictionary(
        ("a", Tensor(Storage("0", 2), 0, [2], [1])), ("b", Tensor(Storage("1", 1, "DoubleStorage"), 0, [1], [1]))));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The elements of the storages are stored in the order of the keys.</summary>
    [Fact]
    public void Read_State_GivesItsTensors()
    {
        Write(State, ["1", "0"], (1, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]), (2, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]));
        using var file = WeightFile.Open(_folder.File("x"));
        var shown = new List<(string, double[])>();
        file.Read(["a", "b"], (name, tensor) => shown.Add((name, Tensors.Doubles(tensor))));
        Assert.Equal([1.0, -2], shown.Single(s => s.Item1 == "a").Item2);
        Assert.Equal([1.5], shown.Single(s => s.Item1 == "b").Item2);
    }

    [Fact]
    public void Open_OtherCount_IsRejected()
    {
        Write(State, ["0", "1"], (3, new byte[8]), (1, new byte[8]));
        AssertError("Storage '0' has 3 elements; its tensors require 2.");
    }

    [Fact]
    public void Open_Truncated_IsRejected()
    {
        Write(State, ["0", "1"], (2, new byte[8]), (1, new byte[7]));
        AssertError("It is truncated: storage '1' should have 8 bytes.");
    }

    [Fact]
    public void Open_MissingStorage_IsRejected()
    {
        Write(State, ["0"], (2, new byte[8]));
        AssertError("These storages are missing: '1'.");
    }

    [Fact]
    public void Open_StorageOfNoTensor_IsRejected()
    {
        Write(State, ["2"], (2, new byte[8]));
        AssertError("Storage '2' is not used by any tensor.");
    }

    [Fact]
    public void Open_StorageTwice_IsRejected()
    {
        Write(State, ["0", "0"], (2, new byte[8]), (2, new byte[8]));
        AssertError("Storage '0' occurs twice.");
    }

    [Fact]
    public void Open_BigEndian_IsRejected()
    {
        Write(State, ["0"], littleEndian: 0x89);
        AssertError("It does not use little-endian byte order. Save it again on a little-endian machine.");
    }

    [Fact]
    public void Open_OtherVersion_IsRejected()
    {
        Write(State, ["0"], version: 1002);
        AssertError("It does not begin with torch.save's magic number and version 1001.");
    }

    [Fact]
    public void Open_KeysOtherThanStrings_IsRejected()
    {
        Write(State, Pickle(Code("]K\u0001a")), 0x88, 1001);
        AssertError("Its storage keys are not a list of strings.");
    }

    private void Write(byte[] state, string[] keys, params (long Count, byte[] Numbers)[] storages)
        => Write(state, Keys(keys), 0x88, 1001, storages);

    private void Write(byte[] state, string[] keys, byte littleEndian = 0x88, int version = 1001)
        => Write(state, Keys(keys), littleEndian, version);

    private void Write(byte[] state, byte[] keys, byte littleEndian, int version, params (long Count, byte[] Numbers)[] storages)
    {
        using var stream = File.Create(_folder.File("x"));
        stream.Write([0x80, 2, .. LegacyState.First]);
        stream.Write(Pickle(Int(version)));
        stream.Write(Pickle(Dictionary(("little_endian", [littleEndian]))));
        stream.Write(state);
        stream.Write(keys);
        foreach (var (count, numbers) in storages)
            stream.Write([.. BitConverter.GetBytes(count), .. numbers]);
    }

    private static byte[] Keys(string[] keys) => Pickle([.. Code("]("), .. keys.SelectMany(Text), (byte)'e']);

    private void AssertError(string error)
        => Assert.StartsWith(error, Assert.Throws<InvalidDataException>(() => WeightFile.Open(_folder.File("x"))).Message);
}
