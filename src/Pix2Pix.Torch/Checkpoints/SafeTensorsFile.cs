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
            throw new InvalidDataException($"It has {stream.Length} bytes; expected {LengthBytes} with the header's length, and more.");
        stream.ReadExactly(start);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > SafeTensorsHeader.MaxLength || (long)length > stream.Length - LengthBytes)
        {
            throw new InvalidDataException(
                $"Its header is said to have {length} bytes; the file has {stream.Length}, and {SafeTensorsHeader.MaxLength} are allowed.");
        }

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
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            return new SafeTensorsFile(stream);
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new InvalidDataException($"'{path}' is damaged, or no safetensors file. {e.Message}", e);
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
    public void ForEachChunk(Action<ReadOnlySpan<byte>> show)
    {
        var buffer = new byte[ChunkLength];
        _stream.Position = _dataStart;
        for (int read; (read = _stream.Read(buffer)) > 0;)
            show(buffer.AsSpan(0, read));
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
