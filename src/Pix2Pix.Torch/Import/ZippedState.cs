using System.IO.Hashing;
using Pix2Pix.Torch.Import.Pickle;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// The form of torch.save since PyTorch 1.6: a zip in which NAME/data.pkl is the state dict, NAME/data/KEY the numbers of a storage, and
/// NAME/byteorder their order, little where it is not there.
/// </summary>
internal static class ZippedState
{
    private const string PickleName = "/data.pkl";
    private const string OrderName = "/byteorder";

    /// <exception cref="InvalidDataException">It is damaged, or holds more than a state dict.</exception>
    public static TorchState Open(FileStream stream)
    {
        var zip = ZipDirectory.Read(stream);
        string[] pickles = [.. zip.Names.Where(name => name.EndsWith(PickleName, StringComparison.Ordinal))];
        if (pickles is not [var pickle])
            throw new InvalidDataException($"It is a zip with {pickles.Length} entries NAME{PickleName}; torch.save writes one.");

        var folder = pickle[..^PickleName.Length];
        var order = folder + OrderName;
        if (zip.Names.Contains(order) && !Bytes(stream, zip.Find(order), maxLength: 16, order).AsSpan().SequenceEqual("little"u8))
            throw new InvalidDataException("It was not written by a little-endian machine; write it again on one.");

        var reader = new PickleReader(Bytes(stream, zip.Find(pickle), PickleReader.MaxLength, pickle));
        var tensors = StateDict.Of(reader.Read());
        var parts = reader.Numbers.Values.ToDictionary(n => n.Key, n => Part(zip, $"{folder}/data/{n.Key}", n));
        return new TorchState(stream, tensors, parts);
    }

    private static StoredPart Part(ZipDirectory zip, string name, StoredNumbers numbers)
    {
        var part = zip.Find(name);
        return part.Length == numbers.Length ? part : throw new InvalidDataException(
            $"Its entry {Quote.Name(name)} has {part.Length} bytes; its tensors say {numbers.Length}.");
    }

    private static byte[] Bytes(FileStream stream, StoredPart part, int maxLength, string name)
    {
        if (part.Length > maxLength)
            throw new InvalidDataException($"Its entry {Quote.Name(name)} has {part.Length} bytes; at most {maxLength} are allowed.");
        var bytes = new byte[part.Length];
        stream.Position = part.Offset;
        stream.ReadExactly(bytes);
        return Crc32.HashToUInt32(bytes) == part.Checksum
            ? bytes
            : throw new InvalidDataException($"It is damaged: the checksum of {Quote.Name(name)} is not that of its bytes.");
    }
}
