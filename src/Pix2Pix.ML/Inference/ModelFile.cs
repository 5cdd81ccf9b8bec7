using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pix2Pix.Onnx;

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

/// <summary>
/// Checks that a model has the expected version, and that its inputs and outputs match its metadata. Otherwise each run would fail with an
/// error message in ONNX Runtime's terms.
/// </summary>
internal sealed class ModelCheck
{
    private readonly ModelShape _shape;
    private readonly bool _isOurs;

    /// <param name="shape">The shape according to the metadata.</param>
    /// <param name="isOurs">Whether the model was trained with this library.</param>
    public ModelCheck(ModelShape shape, bool isOurs) => (_shape, _isOurs) = (shape, isOurs);

    /// <exception cref="InvalidDataException">The model has another version than the one that this library writes.</exception>
    public static void Version(string version)
    {
        if (version != OnnxNames.CurrentVersion)
        {
            throw new InvalidDataException(
                $"The ONNX model has version '{version}' in its metadata; expected '{OnnxNames.CurrentVersion}'. It was written by " +
                "another version of Pix2Pix. Use that version, or export the model again.");
        }
    }

    /// <exception cref="InvalidDataException">The session has different inputs or outputs.</exception>
    public void Images(GuardedSession session)
    {
        Images(session.Inputs, OnnxNames.Input, OnnxPixels.Channels);
        Images(session.Outputs, OnnxNames.Output, OnnxPixels.Channels);
        if (_shape.Output == ImageChannels.Chroma)
            Images(session.Outputs, OnnxNames.Chroma, _shape.Output.Count());
    }

    private void Images(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, int channels)
    {
        if (nodes.TryGetValue(name, out var node) && node is { IsTensor: true, ElementDataType: TensorElementType.UInt8 }
            && node.Dimensions is [var count, var height, var width, var found] && count == (_shape.TakesOne ? 1 : -1) && found == channels
            && (height < 0 || height == _shape.Height) && (width < 0 || width == _shape.Width))
        {
            return;
        }

        if (!_isOurs && node is { IsTensor: true, Dimensions: [_, > 0 and var otherHeight, > 0 and var otherWidth, _] }
            && (otherWidth, otherHeight) != (_shape.Width, _shape.Height))
        {
            throw new InvalidDataException(
                $"The ONNX model returns {otherWidth}x{otherHeight} images for {_shape.Width}x{_shape.Height} inputs; expected the same " +
                "size. Models that change the image size are not supported. If the model accepts only one size, set " +
                "ImageModelOptions.Width and Height to that size.");
        }

        throw new InvalidDataException(
            $"The ONNX model has no UInt8 tensor '{name}' of shape [{(_shape.TakesOne ? "1" : "N")}, {_shape.Height}, {_shape.Width}, " +
            $"{channels}], which its metadata describes.");
    }
}

/// <summary>Measures how much weights of lower precision change translations.</summary>
internal static class NarrowComparison
{
    private const int Images = 4;

    /// <summary>The largest difference over synthetic images.</summary>
    public static OnnxParity Compare(OnnxGenerator generator, WeightPrecision weights)
    {
        var model = generator.Model.Read();
        var narrowed = ModelFile.Bytes(
            model, stream => OnnxVariants.Write(model, new OnnxFormat { Weights = weights }, stream));
        using var log = new Pix2PixLog(null, "Comparing");
        using var other = new OnnxGenerator(narrowed, generator.Options, log);
        return new OnnxParity(Enumerable.Range(0, Images).Max(index => Difference(generator, other, Draw(generator.Shape, index))), Images);
    }

    private static int Difference(OnnxGenerator generator, OnnxGenerator narrow, byte[] image)
    {
        var (one, other) = (new byte[image.Length], new byte[image.Length]);
        generator.Translate(image, one);
        narrow.Translate(image, other);
        return ByteDifference.Between(one, other).Largest;
    }

    private static byte[] Draw(ModelShape shape, int index) => OnnxPixels.Pack(DrawnImage.Draw(shape.Width, shape.Height, index));
}
