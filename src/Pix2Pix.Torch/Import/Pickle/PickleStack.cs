using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>The stack and the memo that a pickle's instructions use. Their size is limited for any pickle.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private const int MaxValues = 1 << 16;
    private const int MaxMarks = 32;

    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<int, object?> _memo = [];

    public void Push(object? value)
    {
        if (_values.Count == MaxValues)
            throw input.Error($"it has more than {MaxValues} values on the stack");
        _values.Add(value);
    }

    /// <summary>Removes and returns the last value.</summary>
    public object? Pop()
    {
        var value = Top();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Removes and returns the last value, which must have this type.</summary>
    public T Pop<T>(string expected) => Is<T>(Pop(), expected);

    /// <summary>Returns the last value, which must have this type, without removing it.</summary>
    public T Peek<T>(string expected) => Is<T>(Top(), expected);

    public void Mark()
    {
        if (_marks.Count == MaxMarks)
            throw input.Error($"it has more than {MaxMarks} marks on the stack");
        _marks.Push(_values.Count);
    }

    /// <summary>Removes the last mark and returns all values after it.</summary>
    public object?[] PopToMark()
    {
        if (!_marks.TryPop(out var start))
            throw input.Error("it refers to a mark that does not exist");
        var values = _values[start..].ToArray();
        _values.RemoveRange(start, values.Length);
        return values;
    }

    /// <summary>Stores the last value in the memo.</summary>
    public void Put(int number)
    {
        if (_memo.Count == MaxValues && !_memo.ContainsKey(number))
            throw input.Error($"it has more than {MaxValues} values in the memo");
        _memo[number] = Top();
    }

    /// <summary>Stores the last value in the memo under the next free number.</summary>
    public void Memoize() => Put(_memo.Count);

    /// <summary>Pushes a value from the memo.</summary>
    public void Get(int number)
        => Push(_memo.TryGetValue(number, out var value)
            ? value
            : throw input.Error($"it refers to value {number} of the memo, which does not exist"));

    /// <summary>Removes and returns the single value that remains at the end of a pickle.</summary>
    public object? Finish() => _values.Count == 1 && _marks.Count == 0
        ? Pop()
        : throw input.Error(
            $"it ends with {_values.Count} values and {_marks.Count} marks on the stack; expected one value and no mark");

    // Values before the last mark cannot be accessed until it is removed.
    private object? Top() => _values.Count > (_marks.TryPeek(out var start) ? start : 0)
        ? _values[^1]
        : throw input.Error("it refers to a value that does not exist");

    private T Is<T>(object? value, string expected) => value is T wanted
        ? wanted
        : throw input.Error($"it contains {TorchPickle.Describe(value)}; expected {expected}");
}

/// <summary>Reads the bytes of pickles in order. Lengths are checked before anything is allocated.</summary>
internal sealed class PickleInput(ReadOnlyMemory<byte> bytes)
{
    private const int MaxText = 1024;
    private const int MaxLine = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A tensor takes about 30 instructions. Each allocates at most about 100 bytes.</summary>
    private const int MaxSteps = 1 << 18;

    private int _steps;

    /// <summary>The position of the next byte.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Float() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Reads an integer of up to 255 bytes: a long if it is in range, otherwise a BigInteger.</summary>
    public object BigInt()
    {
        var number = new BigInteger(Take(Byte()));
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : (object)number;
    }

    /// <summary>Reads UTF-8 text of this length in bytes.</summary>
    public string Text(ulong length) => length <= MaxText
        ? Decode((int)length)
        : throw Error($"it contains text of {length} bytes; expected at most {MaxText}");

    /// <summary>Checks that a frame, which groups instructions for streaming, ends within the bytes.</summary>
    public void CheckFrame(ulong length)
    {
        if (length > (ulong)(bytes.Length - Position))
            throw Error($"it contains a frame of {length} bytes; expected at most {bytes.Length - Position}");
    }

    /// <summary>Reads text up to a line feed.</summary>
    public string Line()
    {
        var rest = bytes.Span[Position..];
        var length = rest[..Math.Min(rest.Length, MaxLine)].IndexOf((byte)'\n');
        if (length < 0)
            throw Error($"it contains a line without an end within {MaxLine} bytes");
        var line = Decode(length);
        Position++;
        return line;
    }

    /// <summary>Counts instructions, and the values that an instruction copies.</summary>
    public void Spend(int steps)
    {
        _steps += steps;
        if (_steps > MaxSteps)
            throw Error($"it has more than {MaxSteps} instructions and copied values");
    }

    /// <summary>Creates the error for a problem at the current position.</summary>
    /// <param name="problem">A clause, such as "it contains a key without a value".</param>
    public InvalidDataException Error(string problem) => new($"Its pickle is not a valid state dict: before byte {Position}, {problem}.");

    private string Decode(int length)
    {
        try
        {
            return Utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Error("it contains text that is not valid UTF-8");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - Position)
            throw Error($"it ends after {bytes.Length} bytes, but the next value needs {count} more");
        var taken = bytes.Span.Slice(Position, count);
        Position += count;
        return taken;
    }
}
