using System.Buffers.Binary;
using Pix2Pix.Torch.Checkpoints;
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
            throw new InvalidDataException($"It contains {Tensors.Count} tensors; expected at most {MaxTensors}.");
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
        if (!Path.Exists(path))
        {
            throw new FileNotFoundException(
                $"The file '{Path.GetFullPath(path)}' does not exist; expected the weights of a generator, such as " +
                "latest_net_G.pth.", path);
        }

        var stream = SafeTensorsFile.OpenStream(path);
        try
        {
            var start = new byte[64];
            var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            var bytes = start.AsSpan(0, length);
            if (bytes.StartsWith(ZipStart))
                return ZippedState.Open(stream);
            if (LegacyState.IsStart(bytes))
                return LegacyState.Open(stream);
            stream.Dispose();
            if (bytes is [_, _, _, _, _, _, _, _, (byte)'{', ..])
                return SafeTensorsWeights.OpenWeights(path, headerLength: BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            throw new InvalidDataException(
                GitLfsPointer.Problem(bytes)
                    ?? $"It {(length == 0 ? "is empty" : $"begins with the bytes {Convert.ToHexString(bytes[..Math.Min(16, length)])}")}; " +
                    "expected a state dict written by torch.save(net.state_dict(), path), or a safetensors file.");
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
    public abstract void Read(IReadOnlyCollection<string> names, Action<string, Tensor> read);

    public abstract void Dispose();
}

/// <summary>A tensor in a weight file.</summary>
/// <param name="Name">The name, unique in the file.</param>
/// <param name="Type">The data type.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
internal sealed record WeightEntry(string Name, ScalarType Type, long[] Shape)
{
    /// <summary>Whether it may be a weight.</summary>
    public bool IsReal => Type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;
}

/// <summary>Weights in a safetensors file.</summary>
internal sealed class SafeTensorsWeights : WeightFile
{
    /// <summary>The format allows more; the names and shapes of thousands of tensors need less.</summary>
    private const int MaxHeaderLength = 4 << 20;

    private readonly SafeTensorsFile _file;

    private SafeTensorsWeights(SafeTensorsFile file)
        : base(file.Tensors.Select(t => new WeightEntry(t.Name, SafeTensorsType.Of(t.Type), t.Shape)))
        => _file = file;

    /// <exception cref="InvalidDataException">The file is damaged, or is not a safetensors file.</exception>
    public static SafeTensorsWeights OpenWeights(string path, ulong headerLength)
    {
        if (headerLength > MaxHeaderLength)
            throw new InvalidDataException($"Its header length is {headerLength} bytes; expected at most {MaxHeaderLength}.");
        var file = SafeTensorsFile.Open(path);
        try
        {
            return new SafeTensorsWeights(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Read(IReadOnlyCollection<string> names, Action<string, Tensor> read)
    {
        foreach (var name in names)
        {
            using var scope = NewDisposeScope();
            read(name, _file.Read(name, CPU));
        }
    }

    public override void Dispose() => _file.Dispose();
}

/// <summary>Formats untrusted text from a file for an error message.</summary>
internal static class Quote
{
    private const int MaxLength = 200;

    /// <summary>Quotes a name, replaces control characters and limits its length.</summary>
    public static string Name(string text)
    {
        var shown = text.Length <= MaxLength ? text : $"{text[..MaxLength]}...";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
