using Microsoft.ML.OnnxRuntime;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// An ONNX file that sessions are made of, and that is needed when the model is saved again: on disk, as a session has the weights in
/// memory already; or in memory, where there is no room on disk. The file goes with the process, however that ends. Thread-safe.
/// </summary>
internal sealed class ModelFile : IDisposable
{
    private const int Slack = 1 << 20; // so that a stream needs not grow, which would double it

    private readonly Lock _lock = new();
    private readonly FileStream? _file;
    private readonly byte[]? _bytes;
    private readonly bool _isNamed; // as ONNX Runtime opens it by its name

    private ModelFile(Action<Stream> write)
    {
        try
        {
            _file = Create();
            write(_file);
            _file.Flush();
            // There a session would not open a file that is to be deleted.
            _isNamed = !OperatingSystem.IsWindows();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Close();
            _file = null;
            using var stream = new MemoryStream();
            write(stream);
            _bytes = stream.ToArray();
        }
        catch
        {
            Close();
            throw;
        }
    }

    public long Length => _bytes?.Length ?? _file!.Length;

    public static ModelFile Of(byte[] model) => new(stream => stream.Write(model));

    /// <summary>The file that this writes. It may be asked to twice.</summary>
    public static ModelFile Written(Action<Stream> write) => new(write);

    /// <summary>Room for a model of so many parameters of 32 bits.</summary>
    public static int Capacity(long parameters) => (int)Math.Min((parameters * sizeof(float)) + Slack, Array.MaxLength);

    /// <summary>The bytes that this writes, which are about as many as those of a model.</summary>
    public static byte[] Bytes(byte[] model, Action<Stream> write)
    {
        using var stream = new MemoryStream(model.Length + Slack);
        write(stream);
        return stream.ToArray();
    }

    /// <summary>A session of the model. Not after <see cref="Hide"/>.</summary>
    public InferenceSession Open(SessionOptions options)
        => _isNamed ? new InferenceSession(_file!.Name, options) : new InferenceSession(Read(), options);

    /// <summary>Takes the name from the file: no session is made of it any more.</summary>
    public void Hide()
    {
        if (_isNamed)
            File.Delete(_file!.Name); // an open file stays; its deletion when it is closed would not outlive a killed process
    }

    /// <summary>The bytes; an array not to be kept.</summary>
    /// <exception cref="ObjectDisposedException">They were disposed of.</exception>
    public byte[] Read()
    {
        if (_bytes is not null)
            return _bytes;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(!_file!.CanRead, typeof(Pix2PixTransformer));
            var bytes = new byte[_file.Length];
            _file.Position = 0;
            _file.ReadExactly(bytes);
            return bytes;
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _file?.Dispose();
    }

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What waits in its buffer has no room either.
        }
    }

    private static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), $"pix2pix-open-{Environment.ProcessId}-{Guid.NewGuid():N}.onnx"),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.Read | FileShare.Delete,
        bufferSize: 1 << 16,
        FileOptions.DeleteOnClose);
}
