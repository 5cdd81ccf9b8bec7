using Microsoft.ML.OnnxRuntime;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// An ONNX file that sessions are created from, and that is needed to save the model again. It is kept on disk, because a session already
/// has the weights in memory; or in memory if there is no disk space. The file is removed when the process ends, however that happens.
/// Thread-safe.
/// </summary>
internal sealed class ModelFile : IDisposable
{
    private const int Slack = 1 << 20; // avoids growing a stream, which would double its size

    private readonly Lock _lock = new();
    private readonly FileStream? _file;
    private readonly byte[]? _bytes;
    private readonly bool _isNamed; // because ONNX Runtime opens it by name

    private ModelFile(Action<Stream> write)
    {
        try
        {
            _file = Create();
            write(_file);
            _file.Flush();
            // On Windows, a session cannot open a file that is marked for deletion.
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

    /// <summary>The file that the callback writes. The callback may be called twice.</summary>
    public static ModelFile Written(Action<Stream> write) => new(write);

    /// <summary>The buffer capacity for a model with the given number of 32-bit parameters.</summary>
    public static int Capacity(long parameters) => (int)Math.Min((parameters * sizeof(float)) + Slack, Array.MaxLength);

    /// <summary>The bytes that the callback writes, about as many as those of the model.</summary>
    public static byte[] Bytes(byte[] model, Action<Stream> write)
    {
        using var stream = new MemoryStream(model.Length + Slack);
        write(stream);
        return stream.ToArray();
    }

    /// <summary>Opens a session of the model. Must not be called after <see cref="Hide"/>.</summary>
    public InferenceSession Open(SessionOptions options)
        => _isNamed ? new InferenceSession(_file!.Name, options) : new InferenceSession(Read(), options);

    /// <summary>Removes the file's name; no more sessions are created from it.</summary>
    public void Hide()
    {
        if (_isNamed)
            File.Delete(_file!.Name); // an open file stays; its deletion when it is closed would not outlive a killed process
    }

    /// <summary>Returns the bytes; do not keep the array.</summary>
    /// <exception cref="ObjectDisposedException">The file was disposed of.</exception>
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
            // There is no disk space for the buffered bytes either.
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
