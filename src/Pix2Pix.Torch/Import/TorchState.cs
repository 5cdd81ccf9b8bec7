using System.IO.Hashing;
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
        var length = tensors.Values.Aggregate(0.0, (sum, tensor) => sum + (double)Count(tensor) * StorageType.SizeOf(tensor.Numbers.Type));
        if (length > stream.Length)
            throw new InvalidDataException($"Its tensors have {length:F0} bytes, but the file has {stream.Length}.");
    }

    public override void Read(IReadOnlyCollection<string> names, Action<string, Tensor> show)
    {
        foreach (var sharing in names.GroupBy(name => _tensors[name].Numbers))
        {
            using var scope = NewDisposeScope();
            var numbers = Numbers(sharing.Key);
            foreach (var name in sharing)
            {
                var tensor = _tensors[name];
                show(name, numbers.as_strided(tensor.Shape, tensor.Strides, tensor.Offset));
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
            throw new InvalidDataException($"It is damaged: the checksum of storage {Quote.Name(numbers.Key)} is not that of its bytes.");
        return values;
    }
}
