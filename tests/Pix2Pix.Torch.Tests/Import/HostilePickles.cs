using static Pix2Pix.Torch.Tests.Import.PickleBytes;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Pickles that are not valid state dicts: a description, the bytes, and the expected part of the message.</summary>
internal static class HostilePickles
{
    private const string NoStorage = "it contains a persistent ID that is not a storage";
    private const string NotWithin = "it contains a tensor that exceeds";

    public static TheoryData<string, byte[], string> All => new()
    {
        { "os.system", Pickle(Global("os", "system"), Tuple(Text("true")), Code("R")), "it refers to 'os.system', which a state dict does not need" },
        { "posix.system", Pickle(Global("posix", "system"), Tuple(Text("true")), Code("R")), "it refers to 'posix.system'" },
        { "eval", Pickle(Global("builtins", "eval"), Tuple(Text("1")), Code("R")), "it refers to 'builtins.eval'" },
        { "eval of Python 2", Pickle(Global("__builtin__", "eval"), Tuple(Text("1")), Code("R")), "it refers to '__builtin__.eval'" },
        { "load_from_bytes", Pickle(Global("torch.storage", "_load_from_bytes")), "it refers to 'torch.storage._load_from_bytes'" },
        { "a module", Pickle(Global("models.networks", "UnetGenerator")), "save it again with torch.save(net.state_dict(), path)" },
        { "a dotted name", Pickle(Global("collections", "OrderedDict.fromkeys")), "it refers to 'collections.OrderedDict.fromkeys'" },
        {
            "a dotted module", Pickle(Global("torch", "_utils._rebuild_tensor_v2"), Code(")R")),
            "it calls 'torch._utils._rebuild_tensor_v2' with ()"
        },
        {
            "a storage that is called", Pickle(Global("torch", "FloatStorage"), Tuple(Int(9)), Code("R")),
            "it calls 'torch.FloatStorage' with (a number)"
        },
        { "text that is called", Pickle(Text("os.system"), Code(")R")), "it contains the text 'os.system'; expected a function" },
        {
            "arguments that are a list", Pickle(Global("collections", "OrderedDict"), Code("]R")),
            "it contains a list; expected a tuple of arguments"
        },
        { "NEWOBJ", Pickle(Global("collections", "OrderedDict"), Code(")\u0081")), "it contains instruction 0x81, which a state dict does not need" },
        { "INST", Pickle(Code("(ios\nsystem\n")), "it contains instruction 0x69" },
        { "OBJ", Pickle(Code("("), Global("collections", "OrderedDict"), Code("o")), "it contains instruction 0x6F" },
        { "EXT1", Pickle(Code("\u0082\u0001")), "it contains instruction 0x82" },
        { "STACK_GLOBAL", Pickle(Text("os"), Text("system"), Code("\u0093")), "it refers to 'os.system', which a state dict does not need" },
        { "EMPTY_SET", Pickle(Code("\u008F")), "it contains instruction 0x8F" },
        { "PERSID", Pickle(Code("Pstorage\n")), "it contains instruction 0x50" },
        { "BUILD on text", Pickle(Text("a"), Code("}b")), "it contains the text 'a'; expected an OrderedDict" },
        { "BUILD on a tensor", Pickle(Tensor(Storage("0", 1), 0, [1], [1]), Code("}b")), "it contains a tensor; expected an OrderedDict" },
        { "BUILD with a tuple", Pickle(Code("}N}\u0086b")), "it contains a tuple; expected a dict of attributes" },
        { "protocol 6", [0x80, 6, (byte)'.'], "it is not a pickle of protocol 2 to 5, as torch.save writes" },
        { "protocol 0", Code("(dp0\n."), "it is not a pickle of protocol 2" },
        { "nothing", [], "it ends after 0 bytes, but the next value needs 1 more" },
        { "no end", [0x80, 2, (byte)'N'], "it ends after 3 bytes, but the next value needs 1 more" },
        { "an empty end", Pickle(), "it ends with 0 values and 0 marks on the stack; expected one value and no mark" },
        { "two values", Pickle(Code("NN")), "it ends with 2 values and 0 marks on the stack" },
        { "a mark left", Pickle(Code("N(")), "it ends with 1 values and 1 marks on the stack" },
        { "no mark", Pickle(Code("Nt")), "it refers to a mark that does not exist" },
        { "values under a mark", Pickle(Code("N(\u0085")), "it refers to a value that does not exist" },
        { "a memo that does not exist", Pickle(Code("h\u0007")), "it refers to value 7 of the memo, which does not exist" },
        { "a text beyond the end", Pickle([(byte)'X', 255, 3, 0, 0]), "it ends after 8 bytes, but the next value needs 1023 more" },
        { "a huge text", Pickle([(byte)'X', 255, 255, 255, 255]), "it contains text of 4294967295 bytes; expected at most 1024" },
        { "a text in no UTF-8", Pickle([(byte)'U', 1, 255]), "it contains text that is not valid UTF-8" },
        { "an endless line", Pickle([(byte)'c', .. new byte[300]]), "it contains a line without an end within 256 bytes" },
        { "a key without a value", Pickle(Code("}(Nu")), "it contains a key without a value" },
        { "items of a tuple", Pickle(Code(")Na")), "it contains a tuple; expected a list" },
        {
            "pairs that are none", Pickle(Global("collections", "OrderedDict"), Tuple(Code("]Na")), Code("R")),
            "it contains None; expected a key and a value"
        },
        {
            "a list that is copied again and again",
            Pickle(
                Global("collections", "OrderedDict"), Code("q\u0000"), Code("]("), Code(string.Concat(Enumerable.Repeat("NN\u0086", 5000))),
                Code("e\u0085q\u0001"), Code(string.Concat(Enumerable.Repeat("h\u0000h\u0001R", 100)))),
            "it has more than 262144 instructions and copied values"
        },
        { "marks", Pickle(Code(new string('(', 33))), "it has more than 32 marks on the stack" },
        { "a deep stack", Pickle(Code(new string('N', 65537))), "it has more than 65536 values on the stack" },
        {
            "a huge memo",
            Pickle(Code("N"), [.. Enumerable.Range(0, 65537).SelectMany(i => (byte[])[(byte)'r', .. BitConverter.GetBytes(i)])]),
            "it has more than 65536 values in the memo"
        },
        { "many instructions", Pickle(Code("]" + string.Concat(Enumerable.Repeat("Na", 1 << 17)))), "it has more than 262144 instructions" },
        { "a foreign id", Pickle(Id("module", Global("torch", "FloatStorage"))), NoStorage },
        { "a view", Pickle(Id("storage", Global("torch", "FloatStorage"), Tuple(Text("1"), Int(0), Int(1)))), NoStorage },
        { "a function as a class", Pickle(Id("storage", Global("torch._utils", "_rebuild_parameter"))), NoStorage },
        { "a negative count", Pickle(Storage("0", -1)), NoStorage },
        { "a count beyond 64 bits of bytes", Pickle(Storage("0", long.MaxValue)), NoStorage },
        { "two lengths of a storage", Pickle(Storage("0", 1), Storage("0", 2), Code("\u0086")), "it refers to storage '0' with two types or lengths" },
        {
            "values beyond a storage", Pickle(Tensor(Storage("0", 4), 1, [2, 2], [2, 1])),
            "it contains a tensor that exceeds the 4 elements of storage '0'"
        },
        { "a negative offset", Pickle(Tensor(Storage("0", 4), -1, [1], [1])), NotWithin },
        { "a negative stride", Pickle(Tensor(Storage("0", 4), 3, [2], [-1])), NotWithin },
        { "a negative side", Pickle(Tensor(Storage("0", 4), 0, [-2, -2], [1, 1])), NotWithin },
        { "expanded values", Pickle(Tensor(Storage("0", 4), 0, [1 << 30], [0])), NotWithin },
        { "sides beyond 64 bits", Pickle(Tensor(Storage("0", 4), 0, [1L << 62, 4], [1, 1])), NotWithin },
        { "strides beyond 64 bits", Pickle(Tensor(Storage("0", 4), 0, [3, 1], [1L << 62, 1])), NotWithin },
        { "many axes", Pickle(Tensor(Storage("0", 4), 0, [1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1])), NotWithin },
        { "axes without strides", Pickle(Tensor(Storage("0", 4), 0, [1, 1], [1])), NotWithin },
    };

    private static byte[] Id(string kind, byte[] type, params byte[][] more)
        => [.. Tuple([Text(kind), type, Text("0"), Text("cpu"), Int(1), .. more]), (byte)'Q'];
}
