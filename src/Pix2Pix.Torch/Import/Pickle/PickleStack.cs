using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>Where a pickle's instructions put values and take them from. Bounded, whatever the pickle says.</summary>
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
            throw input.Error($"more than {MaxValues} values on the stack");
        _values.Add(value);
    }

    /// <summary>Takes the last value away.</summary>
    public object? Pop()
    {
        var value = Top();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Takes away the last value, which is of this kind.</summary>
    public T Pop<T>(string expected) => Is<T>(Pop(), expected);

    /// <summary>The last value, which is of this kind and stays.</summary>
    public T Peek<T>(string expected) => Is<T>(Top(), expected);

    public void Mark()
    {
        if (_marks.Count == MaxMarks)
            throw input.Error($"more than {MaxMarks} marks on the stack");
        _marks.Push(_values.Count);
    }

    /// <summary>Takes all values since the last mark away, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (!_marks.TryPop(out var start))
            throw input.Error("a reference to a mark that does not exist");
        var values = _values[start..].ToArray();
        _values.RemoveRange(start, values.Length);
        return values;
    }

    /// <summary>Keeps the last value under a number.</summary>
    public void Put(int number)
    {
        if (_memo.Count == MaxValues && !_memo.ContainsKey(number))
            throw input.Error($"more than {MaxValues} values in the memo");
        _memo[number] = Top();
    }

    /// <summary>Keeps the last value under the number of values kept so far.</summary>
    public void Memoize() => Put(_memo.Count);

    /// <summary>Pushes what is kept under a number.</summary>
    public void Get(int number)
        => Push(_memo.TryGetValue(number, out var value) ? value : throw input.Error($"value {number} of the memo, which does not exist"));

    /// <summary>Takes the one value away that a pickle ends with.</summary>
    public object? Finish() => _values.Count == 1 && _marks.Count == 0
        ? Pop()
        : throw input.Error($"its end with {_values.Count} values on the stack and {_marks.Count} marks; expected one value");

    // Values before the last mark are out of reach until it is taken away.
    private object? Top() => _values.Count > (_marks.TryPeek(out var start) ? start : 0)
        ? _values[^1]
        : throw input.Error("a reference to a value that does not exist");

    private T Is<T>(object? value, string expected) => value is T wanted
        ? wanted
        : throw input.Error($"{TorchPickle.Describe(value)} where {expected} was expected");
}

/// <summary>The bytes of pickles, read from the front. Nothing is allocated before it is known that the bytes are there.</summary>
internal sealed class PickleInput(ReadOnlyMemory<byte> bytes)
{
    private const int MaxText = 1024;
    private const int MaxLine = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A tensor takes about 30. What is made in memory is at most about 100 bytes for each.</summary>
    private const int MaxSteps = 1 << 18;

    private int _steps;

    /// <summary>The byte that comes next.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Float() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A whole number of up to 255 bytes: a long where it fits, else a BigInteger.</summary>
    public object BigInt()
    {
        var number = new BigInteger(Take(Byte()));
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : (object)number;
    }

    /// <summary>A text in UTF-8, which begins with its length.</summary>
    public string Text(ulong length) => length <= MaxText
        ? Decode((int)length)
        : throw Error($"a text of {length} bytes; at most {MaxText} are allowed");

    /// <summary>Checks that a frame, which groups instructions for streaming, ends within the bytes.</summary>
    public void CheckFrame(ulong length)
    {
        if (length > (ulong)(bytes.Length - Position))
            throw Error($"a frame of {length} bytes, but {bytes.Length - Position} follow");
    }

    /// <summary>A text that ends with a line feed.</summary>
    public string Line()
    {
        var rest = bytes.Span[Position..];
        var length = rest[..Math.Min(rest.Length, MaxLine)].IndexOf((byte)'\n');
        if (length < 0)
            throw Error($"no line end within {MaxLine} bytes");
        var line = Decode(length);
        Position++;
        return line;
    }

    /// <summary>Counts instructions, and values that one of them copies.</summary>
    public void Spend(int steps)
    {
        _steps += steps;
        if (_steps > MaxSteps)
            throw Error($"more than {MaxSteps} instructions and copied values");
    }

    /// <summary>What is wrong, and where.</summary>
    public InvalidDataException Error(string what) => new($"Its pickle is not a valid state dict: before byte {Position}, {what}.");

    private string Decode(int length)
    {
        try
        {
            return Utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Error("a text that is not in UTF-8");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - Position)
            throw Error($"the end of its {bytes.Length} bytes, where {count} more were expected");
        var taken = bytes.Span.Slice(Position, count);
        Position += count;
        return taken;
    }
}
