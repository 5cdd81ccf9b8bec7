using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Import.Pickle;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import;

/// <summary>A state dict written by torch.save, in either format: the tensors, and where to read their elements.</summary>
internal sealed class TorchState : WeightFile
{
    private readonly FileStream _stream;
    private readonly IReadOnlyDictionary<string, StoredTensor> _tensors;
    private readonly IReadOnlyDictionary<string, StoredPart> _parts;

    /// <param name="stream">The file, which this object takes ownership of.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="parts">The elements of all tensors, by key.</param>
    public TorchState(
        FileStream stream, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, StoredPart> parts)
        : base(tensors.Select(t => new WeightEntry(t.Key, t.Value.Numbers.Type, t.Value.Shape)))
    {
        _stream = stream;
        _tensors = tensors;
        _parts = parts;

        // A small file could refer to the same elements repeatedly.
        var length = tensors.Values.Sum(tensor => (double)Count(tensor) * SafeTensorsType.SizeOf(tensor.Numbers.Type));
        if (length > stream.Length)
            throw new InvalidDataException($"Its tensors have {length:F0} bytes, but the file has {stream.Length}.");
    }

    public override void Read(IReadOnlyCollection<string> names, Action<string, Tensor> read)
    {
        foreach (var sharing in names.GroupBy(name => _tensors[name].Numbers))
        {
            using var scope = NewDisposeScope();
            var numbers = Numbers(sharing.Key);
            foreach (var name in sharing)
            {
                var tensor = _tensors[name];
                read(name, numbers.as_strided(tensor.Shape, tensor.Strides, tensor.Offset));
            }
        }
    }

    public override void Dispose() => _stream.Dispose();

    private static long Count(StoredTensor tensor) => tensor.Shape.Aggregate(1L, (count, side) => count * side);

    private Tensor Numbers(StoredNumbers numbers)
    {
        var part = _parts[numbers.Key];
        var values = empty([numbers.Count], numbers.Type);
        var checksum = new Crc32();
        var stream = part.Open();
        TensorBytes.Fill(values, bytes =>
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw new InvalidDataException($"It is damaged: storage {Quote.Name(numbers.Key)} ends before its last element.");
            checksum.Append(bytes);
        });
        if (part.Checksum is { } expected && checksum.GetCurrentHashAsUInt32() != expected)
            throw new InvalidDataException($"It is damaged: the checksum of storage {Quote.Name(numbers.Key)} does not match.");
        return values;
    }
}

/// <summary>The bytes of a storage.</summary>
/// <param name="Open">Returns a stream at the first byte, valid until another part is opened. It needs no disposal.</param>
/// <param name="Checksum">The CRC-32 of the bytes, if the file has one.</param>
internal readonly record struct StoredPart(Func<Stream> Open, uint? Checksum);

/// <summary>Converts the value of a pickle to tensors by name.</summary>
internal static class StateDict
{
    private const int MaxNamed = 50;

    /// <summary>The tensors of a dict, in order.</summary>
    /// <exception cref="InvalidDataException">The value is not a dict of tensors; the message names all other values.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Of(object? value)
    {
        if (value is not PickleDictionary dictionary)
            throw new InvalidDataException($"It contains {TorchPickle.Describe(value)}; expected torch.save(net.state_dict(), path).");

        var tensors = new Dictionary<string, StoredTensor>();
        var others = new List<string>();
        foreach (var (key, item) in dictionary.Items)
        {
            if (key is not string name)
                others.Add($"{TorchPickle.Describe(key)} instead of a name");
            else if (item is not StoredTensor tensor)
                others.Add($"{Quote.Name(name)} is {TorchPickle.Describe(item)}");
            else if (!tensors.TryAdd(name, tensor))
                others.Add($"{Quote.Name(name)} occurs twice");
        }

        if (others.Count == 0)
            return tensors;
        var more = others.Count > MaxNamed ? $" and {others.Count - MaxNamed} more" : string.Empty;
        throw new InvalidDataException(
            $"It contains values other than named tensors: {string.Join(", ", others.Take(MaxNamed))}{more}. Expected " +
            "torch.save(net.state_dict(), path); extract the generator's state dict and save it alone.");
    }
}

/// <summary>
/// The torch.save format before PyTorch 1.6 (torch/serialization.py, _legacy_save): pickles of a magic number, a version, system
/// information, the state dict and the keys of its storages; then, for each key, the element count in 8 bytes and the elements.
/// </summary>
internal static class LegacyState
{
    private const long Version = 1001;
    private const int CountLength = sizeof(long);

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356");

    /// <summary>The instruction of the first pickle: the magic number, 0x1950A86A20F9469CFC6C.</summary>
    public static ReadOnlySpan<byte> First => [0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether a file begins with the first pickle, of protocol 2 or 3, or in a frame of protocol 4 or 5.</summary>
    public static bool IsStart(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x80, 2 or 3, .. var rest] => rest.StartsWith(First),
        [0x80, 4 or 5, 0x95, _, _, _, _, _, _, _, _, .. var rest] => rest.StartsWith(First),
        _ => false,
    };

    /// <exception cref="InvalidDataException">The file is damaged, or contains more than a state dict.</exception>
    public static TorchState Open(FileStream stream)
    {
        var bytes = new byte[Math.Min(stream.Length, PickleReader.MaxLength)];
        stream.ReadExactly(bytes);
        var reader = new PickleReader(bytes);
        if (reader.Read() is not BigInteger magic || magic != Magic || reader.Read() is not Version)
            throw new InvalidDataException($"It does not begin with torch.save's magic number and version {Version}.");
        CheckLittleEndian(reader.Read());
        var tensors = StateDict.Of(reader.Read());
        if (reader.Read() is not PickleList { Items: var keys } || !keys.All(key => key is string))
            throw new InvalidDataException("Its storage keys are not a list of strings.");
        return new TorchState(stream, tensors, Parts(stream, reader.Position, [.. keys.Cast<string>()], reader.Numbers));
    }

    private static void CheckLittleEndian(object? system)
    {
        if (system is not PickleDictionary { Items: var items } || !items.Contains(("little_endian", true)))
            throw new InvalidDataException("It does not use little-endian byte order. Save it again on a little-endian machine.");
    }

    private static FileStream At(FileStream stream, long position)
    {
        stream.Position = position;
        return stream;
    }

    private static Dictionary<string, StoredPart> Parts(
        FileStream stream, long position, string[] keys, IReadOnlyDictionary<string, StoredNumbers> numbers)
    {
        var parts = new Dictionary<string, StoredPart>();
        Span<byte> count = stackalloc byte[CountLength];
        foreach (var key in keys)
        {
            var stored = numbers.GetValueOrDefault(key)
                ?? throw new InvalidDataException($"Storage {Quote.Name(key)} is not used by any tensor.");
            if (stored.Length > stream.Length - position - CountLength)
                throw new InvalidDataException($"It is truncated: storage {Quote.Name(key)} should have {stored.Length} bytes.");
            stream.Position = position;
            stream.ReadExactly(count);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) is var found && found != stored.Count)
                throw new InvalidDataException($"Storage {Quote.Name(key)} has {found} elements; its tensors require {stored.Count}.");
            var start = position + CountLength;
            if (!parts.TryAdd(key, new StoredPart(() => At(stream, start), Checksum: null)))
                throw new InvalidDataException($"Storage {Quote.Name(key)} occurs twice.");
            position += CountLength + stored.Length;
        }

        var missing = numbers.Keys.Where(key => !parts.ContainsKey(key)).Select(Quote.Name).ToList();
        return missing.Count == 0 ? parts : throw new InvalidDataException($"These storages are missing: {string.Join(", ", missing)}.");
    }
}
