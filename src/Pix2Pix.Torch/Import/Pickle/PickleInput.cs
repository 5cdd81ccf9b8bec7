using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>The bytes of pickles, read from the front. Nothing is allocated before it is known that the bytes are there.</summary>
internal sealed class PickleInput
{
    private const int MaxText = 1024;
    private const int MaxLine = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A tensor takes about 30. What is made in memory is at most about 100 bytes for each.</summary>
    private const int MaxSteps = 1 << 18;

    private readonly ReadOnlyMemory<byte> _bytes;
    private int _steps;

    public PickleInput(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>The byte that comes next.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double Float() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A whole number of up to 255 bytes: a long where it fits, else a BigInteger.</summary>
    public object BigInt()
    {
        var number = new BigInteger(Take(Byte()));
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : (object)number;
    }

    /// <summary>A text in UTF-8, which begins with its length.</summary>
    public string Text(uint length) => length <= MaxText
        ? Decode((int)length)
        : throw Error($"a text of {length} bytes; at most {MaxText} are allowed");

    /// <summary>A text that ends with a line feed.</summary>
    public string Line()
    {
        var rest = _bytes.Span[Position..];
        var length = rest[..Math.Min(rest.Length, MaxLine)].IndexOf((byte)'\n');
        if (length < 0)
            throw Error($"no end of a line within {MaxLine} bytes");
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
    public InvalidDataException Error(string what) => new($"Its pickle is not that of a state dict: before byte {Position}, {what}.");

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
        if (count > _bytes.Length - Position)
            throw Error($"the end of its {_bytes.Length} bytes, where {count} more were expected");
        var taken = _bytes.Span.Slice(Position, count);
        Position += count;
        return taken;
    }
}
