using static Pix2Pix.Torch.Tests.Import.PickleBytes;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Pickles that are no state dicts: what they are, the bytes, and what is said of them.</summary>
internal static class HostilePickles
{
    private const string NoStorage = "a persistent id that is not a storage";
    private const string NotWithin = "a tensor that does not lie within";

    public static TheoryData<string, byte[], string> All => new()
    {
        { "os.system", Pickle(Global("os", "system"), Tuple(Text("true")), Code("R")), "the name 'os.system', which a state dict does not need" },
        { "posix.system", Pickle(Global("posix", "system"), Tuple(Text("true")), Code("R")), "the name 'posix.system'" },
        { "eval", Pickle(Global("builtins", "eval"), Tuple(Text("1")), Code("R")), "the name 'builtins.eval'" },
        { "eval of Python 2", Pickle(Global("__builtin__", "eval"), Tuple(Text("1")), Code("R")), "the name '__builtin__.eval'" },
        { "load_from_bytes", Pickle(Global("torch.storage", "_load_from_bytes")), "the name 'torch.storage._load_from_bytes'" },
        { "a module", Pickle(Global("models.networks", "UnetGenerator")), "save it again with torch.save(net.state_dict(), path)" },
        { "a dotted name", Pickle(Global("collections", "OrderedDict.fromkeys")), "the name 'collections.OrderedDict.fromkeys'" },
        {
            "a dotted module", Pickle(Global("torch", "_utils._rebuild_tensor_v2"), Code(")R")),
            "a call of 'torch._utils._rebuild_tensor_v2' with ()"
        },
        {
            "a storage that is called", Pickle(Global("torch", "FloatStorage"), Tuple(Int(9)), Code("R")),
            "a call of 'torch.FloatStorage' with (a number)"
        },
        { "text that is called", Pickle(Text("os.system"), Code(")R")), "the text 'os.system' where a function was expected" },
        {
            "arguments that are a list", Pickle(Global("collections", "OrderedDict"), Code("]R")),
            "a list where a tuple of arguments was expected"
        },
        { "NEWOBJ", Pickle(Global("collections", "OrderedDict"), Code(")\u0081")), "instruction 0x81, which a state dict does not need" },
        { "INST", Pickle(Code("(ios\nsystem\n")), "instruction 0x69" },
        { "OBJ", Pickle(Code("("), Global("collections", "OrderedDict"), Code("o")), "instruction 0x6F" },
        { "EXT1", Pickle(Code("\u0082\u0001")), "instruction 0x82" },
        { "STACK_GLOBAL", Pickle(Text("os"), Text("system"), Code("\u0093")), "the name 'os.system', which a state dict does not need" },
        { "EMPTY_SET", Pickle(Code("\u008F")), "instruction 0x8F" },
        { "PERSID", Pickle(Code("Pstorage\n")), "instruction 0x50" },
        { "BUILD on text", Pickle(Text("a"), Code("}b")), "the text 'a' where an OrderedDict was expected" },
        { "BUILD on a tensor", Pickle(Tensor(Storage("0", 1), 0, [1], [1]), Code("}b")), "a tensor where an OrderedDict was expected" },
        { "BUILD with a tuple", Pickle(Code("}N}\u0086b")), "a tuple where a dict of attributes was expected" },
        { "protocol 6", [0x80, 6, (byte)'.'], "not a pickle of protocol 2 to 5, as torch.save writes" },
        { "protocol 0", Code("(dp0\n."), "not a pickle of protocol 2" },
        { "nothing", [], "the end of its 0 bytes, where 1 more were expected" },
        { "no end", [0x80, 2, (byte)'N'], "the end of its 3 bytes, where 1 more were expected" },
        { "an empty end", Pickle(), "its end with 0 values on the stack and 0 marks; expected one value" },
        { "two values", Pickle(Code("NN")), "its end with 2 values on the stack and 0 marks" },
        { "a mark left", Pickle(Code("N(")), "its end with 1 values on the stack and 1 marks" },
        { "no mark", Pickle(Code("Nt")), "a reference to a mark that does not exist" },
        { "values under a mark", Pickle(Code("N(\u0085")), "a reference to a value that does not exist" },
        { "a memo that does not exist", Pickle(Code("h\u0007")), "value 7 of the memo, which does not exist" },
        { "a text beyond the end", Pickle([(byte)'X', 255, 3, 0, 0]), "the end of its 8 bytes, where 1023 more were expected" },
        { "a huge text", Pickle([(byte)'X', 255, 255, 255, 255]), "a text of 4294967295 bytes; at most 1024 are allowed" },
        { "a text in no UTF-8", Pickle([(byte)'U', 1, 255]), "a text that is not in UTF-8" },
        { "an endless line", Pickle([(byte)'c', .. new byte[300]]), "no line end within 256 bytes" },
        { "a key without a value", Pickle(Code("}(Nu")), "a key without a value" },
        { "items of a tuple", Pickle(Code(")Na")), "a tuple where a list was expected" },
        {
            "pairs that are none", Pickle(Global("collections", "OrderedDict"), Tuple(Code("]Na")), Code("R")),
            "None where a key and a value were expected"
        },
        {
            "a list that is copied again and again",
            Pickle(
                Global("collections", "OrderedDict"), Code("q\u0000"), Code("]("), Code(string.Concat(Enumerable.Repeat("NN\u0086", 5000))),
                Code("e\u0085q\u0001"), Code(string.Concat(Enumerable.Repeat("h\u0000h\u0001R", 100)))),
            "more than 262144 instructions and copied values"
        },
        { "marks", Pickle(Code(new string('(', 33))), "more than 32 marks on the stack" },
        { "a deep stack", Pickle(Code(new string('N', 65537))), "more than 65536 values on the stack" },
        {
            "a huge memo",
            Pickle(Code("N"), [.. Enumerable.Range(0, 65537).SelectMany(i => (byte[])[(byte)'r', .. BitConverter.GetBytes(i)])]),
            "more than 65536 values in the memo"
        },
        { "many instructions", Pickle(Code("]" + string.Concat(Enumerable.Repeat("Na", 1 << 17)))), "more than 262144 instructions" },
        { "a foreign id", Pickle(Id("module", Global("torch", "FloatStorage"))), NoStorage },
        { "a view", Pickle(Id("storage", Global("torch", "FloatStorage"), Tuple(Text("1"), Int(0), Int(1)))), NoStorage },
        { "a function as a class", Pickle(Id("storage", Global("torch._utils", "_rebuild_parameter"))), NoStorage },
        { "a negative count", Pickle(Storage("0", -1)), NoStorage },
        { "a count beyond 64 bits of bytes", Pickle(Storage("0", long.MaxValue)), NoStorage },
        { "two lengths of a storage", Pickle(Storage("0", 1), Storage("0", 2), Code("\u0086")), "storage '0' with two types or lengths" },
        {
            "values beyond a storage", Pickle(Tensor(Storage("0", 4), 1, [2, 2], [2, 1])),
            "a tensor that does not lie within the 4 numbers of storage '0'"
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
