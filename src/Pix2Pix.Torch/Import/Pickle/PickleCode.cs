namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>
/// The instructions of Python's pickle, protocol 2 (PEP 307 and Lib/pickletools.py), that a state dict is made of. There are no others
/// here: neither those that make objects of a class, nor those of other protocols.
/// </summary>
internal enum PickleCode : byte
{
    Mark = (byte)'(',
    Stop = (byte)'.',
    LongInt = (byte)'J',
    ByteInt = (byte)'K',
    ShortInt = (byte)'M',
    None = (byte)'N',
    PersistentId = (byte)'Q',
    Reduce = (byte)'R',
    String = (byte)'T',
    ShortString = (byte)'U',
    Unicode = (byte)'X',
    Append = (byte)'a',
    Build = (byte)'b',
    Global = (byte)'c',
    Appends = (byte)'e',
    Get = (byte)'h',
    LongGet = (byte)'j',
    Put = (byte)'q',
    LongPut = (byte)'r',
    SetItem = (byte)'s',
    Tuple = (byte)'t',
    SetItems = (byte)'u',
    EmptyTuple = (byte)')',
    EmptyList = (byte)']',
    EmptyDictionary = (byte)'}',
    Float = (byte)'G',
    Protocol = 0x80,
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    True = 0x88,
    False = 0x89,
    BigInt = 0x8A,
}
