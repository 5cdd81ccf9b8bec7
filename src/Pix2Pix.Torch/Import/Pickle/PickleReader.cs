namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>
/// Reads pickles of state dicts. A pickle is a program for a stack machine. This one supports no instruction that could run code, and the
/// few functions that <see cref="TorchPickle"/> supports only create values of this namespace.
/// </summary>
internal sealed class PickleReader
{
    /// <summary>The maximum length in bytes; a state dict of thousands of tensors is shorter.</summary>
    public const int MaxLength = 4 << 20;

    // torch.save writes protocol 2, unless it is given another one.
    private const int FirstProtocol = 2;
    private const int LastProtocol = 5;

    private readonly PickleInput _input;
    private readonly TorchPickle _torch;

    public PickleReader(ReadOnlyMemory<byte> bytes)
    {
        _input = new PickleInput(bytes);
        _torch = new TorchPickle(_input);
    }

    /// <summary>The position after the last pickle that was read.</summary>
    public int Position => _input.Position;

    /// <summary>All storages that the pickles refer to, by key.</summary>
    public IReadOnlyDictionary<string, StoredNumbers> Numbers => _torch.Numbers;

    /// <summary>The value of the next pickle.</summary>
    /// <exception cref="InvalidDataException">It is truncated, or contains more than a state dict needs.</exception>
    public object? Read()
    {
        if (_input.Byte() != (byte)PickleCode.Protocol || _input.Byte() is < FirstProtocol or > LastProtocol)
            throw _input.Error($"it is not a pickle of protocol {FirstProtocol} to {LastProtocol}, as torch.save writes");
        var stack = new PickleStack(_input);
        for (PickleCode code; (code = (PickleCode)_input.Byte()) != PickleCode.Stop;)
        {
            _input.Spend(1);
            Execute(code, stack);
        }

        return stack.Finish();
    }

    private void Execute(PickleCode code, PickleStack stack)
    {
        switch (code)
        {
            case PickleCode.None: stack.Push(null); break;
            case PickleCode.True: stack.Push(true); break;
            case PickleCode.False: stack.Push(false); break;
            case PickleCode.ByteInt: stack.Push((long)_input.Byte()); break;
            case PickleCode.ShortInt: stack.Push((long)_input.UInt16()); break;
            case PickleCode.LongInt: stack.Push((long)_input.Int32()); break;
            case PickleCode.BigInt: stack.Push(_input.BigInt()); break;
            case PickleCode.Float: stack.Push(_input.Float()); break;
            case PickleCode.ShortString or PickleCode.ShortUnicode: stack.Push(_input.Text(_input.Byte())); break;
            case PickleCode.String or PickleCode.Unicode: stack.Push(_input.Text((uint)_input.Int32())); break;
            case PickleCode.LongUnicode: stack.Push(_input.Text(_input.UInt64())); break;
            case PickleCode.Frame: _input.CheckFrame(_input.UInt64()); break;
            case PickleCode.EmptyTuple: stack.Push(PickleTuple.Empty); break;
            case PickleCode.EmptyList: stack.Push(new PickleList([])); break;
            case PickleCode.EmptyDictionary: stack.Push(new PickleDictionary([])); break;
            case PickleCode.Mark: stack.Mark(); break;
            case PickleCode.Tuple: stack.Push(new PickleTuple(stack.PopToMark())); break;
            case PickleCode.Tuple1: PushTuple(stack, 1); break;
            case PickleCode.Tuple2: PushTuple(stack, 2); break;
            case PickleCode.Tuple3: PushTuple(stack, 3); break;
            case PickleCode.Append: Append(stack, [stack.Pop()]); break;
            case PickleCode.Appends: Append(stack, stack.PopToMark()); break;
            case PickleCode.SetItem: SetItems(stack, Pair(stack)); break;
            case PickleCode.SetItems: SetItems(stack, stack.PopToMark()); break;
            case PickleCode.Put: stack.Put(_input.Byte()); break;
            case PickleCode.LongPut: stack.Put(_input.Int32()); break;
            case PickleCode.Get: stack.Get(_input.Byte()); break;
            case PickleCode.LongGet: stack.Get(_input.Int32()); break;
            case PickleCode.Memoize: stack.Memoize(); break;
            case PickleCode.StackGlobal: StackGlobal(stack); break;
            case PickleCode.Global: stack.Push(_torch.Global(_input.Line(), _input.Line())); break;
            case PickleCode.PersistentId: stack.Push(_torch.Load(stack.Pop())); break;
            case PickleCode.Reduce: Reduce(stack); break;
            case PickleCode.Build: Build(stack); break;
            default: throw _input.Error($"it contains instruction 0x{(byte)code:X2}, which a state dict does not need");
        }
    }

    private static void PushTuple(PickleStack stack, int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            items[i] = stack.Pop();
        stack.Push(new PickleTuple(items));
    }

    private static object?[] Pair(PickleStack stack)
    {
        var value = stack.Pop();
        return [stack.Pop(), value];
    }

    private static void Append(PickleStack stack, object?[] items) => stack.Peek<PickleList>("a list").Items.AddRange(items);

    private void SetItems(PickleStack stack, object?[] items)
    {
        if (items.Length % 2 != 0)
            throw _input.Error("it contains a key without a value");
        var dictionary = stack.Peek<PickleDictionary>("a dict");
        for (var i = 0; i < items.Length; i += 2)
            dictionary.Items.Add((items[i], items[i + 1]));
    }

    private void StackGlobal(PickleStack stack)
    {
        var name = stack.Pop<string>("a name");
        stack.Push(_torch.Global(stack.Pop<string>("a module"), name));
    }

    private void Reduce(PickleStack stack)
    {
        var arguments = stack.Pop<PickleTuple>("a tuple of arguments");
        stack.Push(_torch.Call(stack.Pop<PickleGlobal>("a function"), arguments.Items));
    }

    // BUILD sets the attributes of an OrderedDict; those of a state dict are the versions of its modules.
    private static void Build(PickleStack stack)
    {
        stack.Pop<PickleDictionary>("a dict of attributes");
        stack.Peek<PickleDictionary>("an OrderedDict");
    }
}

/// <summary>
/// The instructions of Python's pickle protocols 2 to 5 (PEP 307, PEP 3154 and Lib/pickletools.py) that a state dict needs. All others are
/// rejected, including those that create objects of a class.
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
    ShortUnicode = 0x8C,
    LongUnicode = 0x8D,
    StackGlobal = 0x93,
    Memoize = 0x94,
    Frame = 0x95,
}
