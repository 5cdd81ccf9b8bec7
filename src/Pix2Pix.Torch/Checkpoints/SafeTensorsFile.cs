using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// A safetensors file: 8 bytes of header length (little-endian), the header in JSON, and the raw bytes of the tensors (little-endian).
/// Input is not trusted: each length is checked against the file length before anything is allocated. The file stays open until this object
/// is disposed of.
/// </summary>
internal sealed class SafeTensorsFile : IDisposable
{
    private const int LengthBytes = 8;
    private const int ChunkLength = 1 << 20;

    private readonly FileStream _stream;
    private readonly long _dataStart;
    private readonly SafeTensorsHeader _header;
    private readonly Dictionary<string, SafeTensorsEntry> _tensors;

    private SafeTensorsFile(FileStream stream)
    {
        _stream = stream;
        Span<byte> start = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
            throw new InvalidDataException($"It has {stream.Length} bytes; expected at least {LengthBytes}.");
        stream.ReadExactly(start);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        var maxLength = Math.Min(SafeTensorsHeader.MaxLength, stream.Length - LengthBytes);
        if (length > (ulong)maxLength)
            throw new InvalidDataException($"Its header length is {length} bytes; expected at most {maxLength}.");

        var header = new byte[length];
        stream.ReadExactly(header);
        _dataStart = LengthBytes + header.Length;
        _header = SafeTensorsHeaderReader.Read(header, stream.Length - _dataStart);
        _tensors = _header.Tensors.ToDictionary(t => t.Name);
    }

    public string Path => _stream.Name;

    /// <summary>The file size in bytes.</summary>
    public long Length => _stream.Length;

    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>The tensors, in the order of their bytes.</summary>
    public IReadOnlyList<SafeTensorsEntry> Tensors => _header.Tensors;

    /// <exception cref="InvalidDataException">
    /// The file is not a safetensors file, or it is damaged; the message begins with the file name.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var stream = OpenStream(path);
        try
        {
            return new SafeTensorsFile(stream);
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new InvalidDataException($"'{path}' is damaged or not a safetensors file. {GitLfsPointer.Problem(path) ?? e.Message}", e);
        }
    }

    /// <summary>Opens a regular file without a buffer, because tensors are read in large parts.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The path refers to a folder, pipe, device or socket, or the file cannot be read.</exception>
    public static FileStream OpenStream(string path)
    {
        RegularFile.Check(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(Directory.Exists(path) ? $"'{path}' is a folder; expected a regular file." : e.Message, e);
        }
    }

    /// <summary>Writes a file with the given tensors, which must match those of the header, in order.</summary>
    public static void Write(Stream stream, SafeTensorsHeader header, IEnumerable<Tensor> tensors)
    {
        var json = header.Write();
        Span<byte> start = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(start, json.Length);
        stream.Write(start);
        stream.Write(json);
        foreach (var tensor in tensors)
            TensorBytes.ForEachChunk(tensor, stream.Write);
    }

    /// <summary>The size of the file that <see cref="Write"/> will write.</summary>
    public static long LengthOf(SafeTensorsHeader header) => LengthBytes + header.Write().Length + header.DataLength;

    /// <summary>The tensor with this name, or null.</summary>
    public SafeTensorsEntry? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>Passes all bytes after the header to a callback.</summary>
    public void ForEachChunk(Action<ReadOnlySpan<byte>> read)
    {
        var buffer = new byte[ChunkLength];
        _stream.Position = _dataStart;
        for (int count; (count = _stream.Read(buffer)) > 0;)
            read(buffer.AsSpan(0, count));
    }

    /// <summary>Reads a tensor into an existing one of the same type and shape, on any device.</summary>
    public void ReadInto(string name, Tensor tensor)
    {
        _stream.Position = _dataStart + _tensors[name].Begin;
        TensorBytes.Fill(tensor, _stream.ReadExactly);
    }

    /// <summary>Reads a tensor; the caller disposes of it.</summary>
    public Tensor Read(string name, Device device)
    {
        var entry = _tensors[name];
        var tensor = empty(entry.Shape, SafeTensorsType.Of(entry.Type), device);
        ReadInto(name, tensor);
        return tensor;
    }

    public void Dispose() => _stream.Dispose();
}

/// <summary>
/// Accesses the values of a tensor as bytes, a few megabytes at a time, so that no tensor is duplicated in memory on any device.
/// </summary>
internal static class TensorBytes
{
    private const int ChunkLength = 16 << 20;

    /// <summary>Passes all bytes of a tensor to a callback, in row-major order.</summary>
    public static void ForEachChunk(Tensor tensor, Action<ReadOnlySpan<byte>> read)
    {
        using var scope = NewDisposeScope();
        ForEachPart(tensor.detach().contiguous(), part => read(part.cpu().bytes));
    }

    /// <summary>Fills a contiguous tensor in the same order.</summary>
    public static void Fill(Tensor tensor, Action<Span<byte>> fill)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        ForEachPart(tensor.detach(), part =>
        {
            var host = part.device_type == TorchSharp.DeviceType.CPU ? part : empty_like(part, device: CPU);
            fill(host.bytes);
            if (!ReferenceEquals(host, part))
                part.copy_(host);
        });
    }

    private static void ForEachPart(Tensor tensor, Action<Tensor> action)
    {
        var flat = tensor.view(-1);
        var step = ChunkLength / tensor.element_size();
        for (var start = 0L; start < flat.numel(); start += step)
        {
            using var scope = NewDisposeScope();
            action(flat.narrow(0, start, Math.Min(step, flat.numel() - start)));
        }
    }
}

/// <summary>The data types that safetensors and TorchSharp share, and PyTorch's storage classes for them.</summary>
internal static class SafeTensorsType
{
    private static readonly (string Name, string Storage, ScalarType Type, int Size)[] All =
    [
        ("F64", "DoubleStorage", ScalarType.Float64, 8),
        ("I64", "LongStorage", ScalarType.Int64, 8),
        ("F32", "FloatStorage", ScalarType.Float32, 4),
        ("I32", "IntStorage", ScalarType.Int32, 4),
        ("F16", "HalfStorage", ScalarType.Float16, 2),
        ("BF16", "BFloat16Storage", ScalarType.BFloat16, 2),
        ("I16", "ShortStorage", ScalarType.Int16, 2),
        ("U8", "ByteStorage", ScalarType.Byte, 1),
        ("I8", "CharStorage", ScalarType.Int8, 1),
        ("BOOL", "BoolStorage", ScalarType.Bool, 1),
    ];

    /// <summary>All names, for error messages.</summary>
    public static string Names => string.Join(", ", All.Select(t => t.Name));

    /// <summary>The names of all storage classes, in the module torch.</summary>
    public static IEnumerable<string> Storages => All.Select(t => t.Storage);

    /// <summary>The name of a type in the file.</summary>
    public static string NameOf(ScalarType type) => All.Single(t => t.Type == type).Name;

    /// <summary>The size of a value in bytes, or null if the type is unknown.</summary>
    public static int? SizeOf(string name) => All.Where(t => t.Name == name).Select(t => (int?)t.Size).FirstOrDefault();

    /// <summary>The size of a value in bytes.</summary>
    public static int SizeOf(ScalarType type) => All.Single(t => t.Type == type).Size;

    /// <summary>The type with this name.</summary>
    public static ScalarType Of(string name) => All.Single(t => t.Name == name).Type;

    /// <summary>The element type of a storage class.</summary>
    public static ScalarType OfStorage(string name) => All.Single(t => t.Storage == name).Type;
}
