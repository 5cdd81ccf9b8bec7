using System.Buffers.Binary;
using System.Numerics;
using Pix2Pix.Torch.Import.Pickle;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// The torch.save format before PyTorch 1.6 (torch/serialization.py, _legacy_save): pickles of a magic number, a version, system
/// information, the state dict and the keys of its storages; then, for each key, the element count in 8 bytes and the elements.
/// </summary>
internal static class LegacyState
{
    private const long Version = 1001;
    private const int CountLength = sizeof(long);

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356");

    /// <summary>The first pickle: the magic number, 0x1950A86A20F9469CFC6C.</summary>
    public static ReadOnlySpan<byte> Start => [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

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
            throw new InvalidDataException("The keys of its storages are no list of texts.");
        return new TorchState(stream, tensors, Parts(stream, reader.Position, [.. keys.Cast<string>()], reader.Numbers));
    }

    private static void CheckLittleEndian(object? machine)
    {
        if (machine is not PickleDictionary { Items: var facts } || !facts.Contains(("little_endian", true)))
            throw new InvalidDataException("It was not written by a little-endian machine; write it again on one.");
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
                ?? throw new InvalidDataException($"Storage {Quote.Name(key)} belongs to no tensor.");
            if (stored.Length > stream.Length - position - CountLength)
                throw new InvalidDataException($"It is truncated: storage {Quote.Name(key)} has {stored.Length} bytes from {position} on.");
            stream.Position = position;
            stream.ReadExactly(count);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != stored.Count)
                throw new InvalidDataException($"The length of storage {Quote.Name(key)} is not {stored.Count}, as its tensors say.");
            var start = position + CountLength;
            if (!parts.TryAdd(key, new StoredPart(() => At(stream, start), Checksum: null)))
                throw new InvalidDataException($"Storage {Quote.Name(key)} is there twice.");
            position += CountLength + stored.Length;
        }

        var missing = numbers.Keys.Where(key => !parts.ContainsKey(key)).Select(Quote.Name).ToList();
        return missing.Count == 0 ? parts : throw new InvalidDataException($"These storages are not there: {string.Join(", ", missing)}.");
    }
}
