using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import;

/// <summary>The tensors, by name, of a file in any supported format. The file stays open until this object is disposed of.</summary>
internal abstract class WeightFile : IDisposable
{
    /// <summary>A generator of 32 residual blocks has 500.</summary>
    private const int MaxTensors = 4096;

    private const int MaxRank = 8;

    private const int MaxNameLength = 512;

    private static ReadOnlySpan<byte> ZipStart => "PK\u0003\u0004"u8;

    protected WeightFile(IEnumerable<WeightEntry> tensors)
    {
        Tensors = [.. tensors];
        if (Tensors.Count > MaxTensors)
            throw new InvalidDataException($"It holds {Tensors.Count} tensors; a generator has at most {MaxTensors}.");
        foreach (var tensor in Tensors)
        {
            if (tensor.Name.Length > MaxNameLength)
                throw new InvalidDataException($"A tensor's name has {tensor.Name.Length} characters; expected at most {MaxNameLength}.");
            if (tensor.Shape.Length > MaxRank)
                throw new InvalidDataException($"{Quote.Name(tensor.Name)} has {tensor.Shape.Length} axes; expected at most {MaxRank}.");
        }
    }

    /// <summary>The tensors in the file.</summary>
    public IReadOnlyList<WeightEntry> Tensors { get; }

    /// <summary>Opens a file and reads everything except the tensor elements.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or has an unsupported format.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no file '{Path.GetFullPath(path)}'; expected the weights of a generator, such as latest_net_G.pth.", path);
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            var start = new byte[16];
            var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            var bytes = start.AsSpan(0, length);
            if (bytes.StartsWith(ZipStart))
                return ZippedState.Open(stream);
            if (bytes.StartsWith(LegacyState.Start))
                return LegacyState.Open(stream);
            stream.Dispose();
            if (bytes is [_, _, _, _, _, _, _, _, (byte)'{', ..])
                return SafeTensorsWeights.OpenWeights(path, headerLength: BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            throw new InvalidDataException(
                $"It begins with {(length == 0 ? "nothing" : Convert.ToHexString(bytes))}; expected a state dict, written by " +
                "torch.save(net.state_dict(), path), or safetensors.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Passes tensors to a callback as stored in the file, in file order. Each tensor is valid until the callback returns.
    /// </summary>
    public abstract void Read(IReadOnlyCollection<string> names, Action<string, Tensor> show);

    public abstract void Dispose();
}
