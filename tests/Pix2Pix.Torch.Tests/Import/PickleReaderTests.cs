using System.Numerics;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Import.Pickle;
using static Pix2Pix.Torch.Tests.Import.PickleBytes;

namespace Pix2Pix.Torch.Tests.Import;

public class PickleReaderTests
{
    [Fact]
    public void Read_PlainValues_GivesThem()
    {
        var value = new PickleReader(Pickle(
            Code("("), [(byte)'K', 255], [(byte)'M', 0, 1], [(byte)'J', 0xFE, 0xFF, 0xFF, 0xFF], [0x8A, 0], Int(long.MinValue),
            [0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], [(byte)'G', 0x3F, 0xF8, 0, 0, 0, 0, 0, 0], Code("N"), [0x88, 0x89], Text("ä"),
            Code("U\u0001aT\u0001\0\0\0b"), Code(")]}t"))).Read();

        var items = Assert.IsType<PickleTuple>(value).Items;
        Assert.Equal([255L, 256L, -2L, 0L, long.MinValue, BigInteger.Pow(2, 64), 1.5, null, true, false, "ä", "a", "b"], items[..13]);
        Assert.Empty(Assert.IsType<PickleTuple>(items[13]).Items);
        Assert.Empty(Assert.IsType<PickleList>(items[14]).Items);
        Assert.Empty(Assert.IsType<PickleDictionary>(items[15]).Items);
    }

    [Fact]
    public void Read_MemoAndContainers_GivesThem()
    {
        // [1, (1,), (1, 1), (1, 1, 1)] and {1: 1, 1: 1}, the 1 from the memo.
        var value = new PickleReader(Pickle(
            Code("]K\u0001q\u0005ah\u0005\u0085ah\u0005j\u0005\0\0\0\u0086a(h\u0005h\u0005h\u0005\u0087e"),
            Code("}K\u0001r\0\u0001\0\0h\u0005s(h\u0005h\u0005u\u0086"))).Read();

        var (list, dictionary) = (((PickleTuple)value!).Items[0] as PickleList, ((PickleTuple)value).Items[1] as PickleDictionary);
        Assert.Equal([1L, 1, 2, 3], list!.Items.Select(i => i is PickleTuple t ? t.Items.Length : (long)i!));
        Assert.Equal([(1L, 1L), (1L, 1L)], dictionary!.Items);
    }

    /// <summary>OrderedDicts of Python 2, which are created from a list of pairs, and their attributes.</summary>
    [Fact]
    public void Read_OrderedDictionaries_GivesTheirPairs()
    {
        var value = new PickleReader(Pickle(
            Global("collections", "OrderedDict"), Code("(]]("), Text("a"), Code("K\u0001eaK\u0002K\u0003\u0086atR"),
            Code("}b"))).Read();
        Assert.Equal([("a", 1L), (2L, 3L)], Assert.IsType<PickleDictionary>(value).Items);
    }

    [Fact]
    public void Read_Tensor_IsWhereItReports()
    {
        var value = new PickleReader(Pickle(Tensor(Storage("7", 10, "HalfStorage"), 3, [2, 3], [1, 2]))).Read();
        var tensor = Assert.IsType<StoredTensor>(value);
        Assert.Equal(new StoredNumbers("7", TorchSharp.torch.ScalarType.Float16, 10), tensor.Numbers);
        Assert.Equal(3, tensor.Offset);
        Assert.Equal([2L, 3], tensor.Shape);
        Assert.Equal([1L, 2], tensor.Strides);
    }

    /// <summary>Tensors before PyTorch 0.4, and parameters.</summary>
    [Fact]
    public void Read_OldTensorAndParameter_AreTensors()
    {
        var old = Global("torch._utils", "_rebuild_tensor")
            .Concat(Tuple(Storage("0", 2), Int(0), Numbers([2]), Numbers([1]))).Append((byte)'R');
        var parameter = Global("torch._utils", "_rebuild_parameter")
            .Concat(Tuple([.. old], [0x88], [.. Global("collections", "OrderedDict"), .. Code(")R")])).Append((byte)'R');
        Assert.Equal([2L], Assert.IsType<StoredTensor>(new PickleReader(Pickle([.. parameter])).Read()).Shape);
    }

    [Theory]
    [MemberData(nameof(HostilePickles.All), MemberType = typeof(HostilePickles))]
    public void Read_Hostile_ReportsWhatIsWrong(string what, byte[] pickle, string error)
    {
        Assert.NotNull(what);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var thrown = Assert.Throws<InvalidDataException>(() => new PickleReader(pickle).Read());
        Assert.StartsWith("Its pickle is not a valid state dict: before byte ", thrown.Message);
        Assert.Contains(error, thrown.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 24 << 20);
    }

    /// <summary>Containers that contain themselves or other containers are ordinary values.</summary>
    [Fact]
    public void Read_Recursion_IsNotFollowed()
    {
        Assert.IsType<PickleList>(new PickleReader(Pickle(Code("]q\0h\0a"))).Read());
        Assert.IsType<PickleDictionary>(new PickleReader(Pickle(Code("}q\0h\0h\0s"))).Read());
        var deep = new PickleReader(Pickle(Code("N" + new string('\u0085', 100_000)))).Read();
        Assert.Contains("a tuple; expected", Assert.Throws<InvalidDataException>(() => StateDict.Of(deep)).Message);
    }

    [Fact]
    public void StateDict_MoreThanTensors_NamesAllOfIt()
    {
        var tensor = Tensor(Storage("0", 1), 0, [1], [1]);
        var pickle = Pickle([.. Dictionary(("a", tensor), ("epoch", Int(3)), ("net", Code("}")), ("a", tensor)), .. Code("K\u0001Ns")]);
        var error = Assert.Throws<InvalidDataException>(() => StateDict.Of(new PickleReader(pickle).Read()));
        Assert.Equal(
            "It contains values other than named tensors: 'epoch' is a number, 'net' is a dict, 'a' occurs twice, a number instead of a name. " +
            "Expected torch.save(net.state_dict(), path); extract the generator's state dict and save it alone.",
            error.Message);
    }
}
