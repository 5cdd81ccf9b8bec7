using Microsoft.ML.OnnxRuntime;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A network that makes features of images, in ONNX Runtime. For one thread, but for <see cref="Fill"/>.</summary>
internal sealed class FeatureExtractor : IDisposable
{
    private readonly FeatureNetworkOptions _options;
    private readonly InferenceSession _session;
    private readonly FeatureShape _shape;
    private readonly RunOptions _run = new();

    /// <exception cref="InvalidDataException">The file is no ONNX model, or not one that can be used.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public FeatureExtractor(FeatureNetworkOptions options, GpuChoice gpu, int? threads, Pix2PixLog log)
    {
        _options = options;
        if (!File.Exists(options.File))
        {
            throw new FileNotFoundException(
                $"There is no file '{Path.GetFullPath(options.File)}'; expected an ONNX model whose features FID and KID compare. Mend " +
                "FeatureNetworkOptions.File, or leave FeatureNetwork out.",
                options.File);
        }

        var open = OpenOptions.Default with { Gpu = gpu, Execution = new ExecutionOptions { Threads = threads } };
        try
        {
            using var file = ModelFile.Of(File.ReadAllBytes(options.File));
            _session = OnnxSession.Open(file, open, log).Session;
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime cannot open the feature network '{options.File}': {e.Message}", e);
        }

        try
        {
            _shape = FeatureShape.Of(_session, options);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>The images of one run.</summary>
    public int BatchSize => _shape.OneAtATime ? 1 : _options.BatchSize;

    /// <summary>The numbers of an image that the network sees.</summary>
    public int InputLength => PixelImage.Rgb * _shape.Width * _shape.Height;

    /// <summary>Resizes and normalizes an image of RGB. Thread-safe.</summary>
    public void Fill(PixelImage image, Span<float> values)
    {
        var isOfSize = (image.Width, image.Height) == (_shape.Width, _shape.Height);
        var pixels = (isOfSize ? image : ImageResizer.Resize(image, _shape.Width, _shape.Height)).Pixels;
        var (pixelStep, channelStep) = _shape.ChannelsFirst ? (1, pixels.Length / PixelImage.Rgb) : (PixelImage.Rgb, 1);
        for (var channel = 0; channel < PixelImage.Rgb; channel++)
        {
            var (mean, deviation) = (_options.Mean[channel], _options.Deviation[channel]);
            for (var (from, to) = (channel, channel * channelStep); from < pixels.Length; from += PixelImage.Rgb, to += pixelStep)
                values[to] = (pixels[from] / 255f - mean) / deviation;
        }
    }

    /// <summary>The features of images, one vector each.</summary>
    /// <param name="values">Filled for each image, end to end.</param>
    /// <param name="count">The images, no more than a batch has.</param>
    /// <exception cref="InvalidDataException">The network fails, or gives no vectors.</exception>
    public float[][] Run(float[] values, int count)
    {
        try
        {
            using var input = Binding.Of<float>(_shape.Input, values.AsMemory(0, count * InputLength), _shape.Dimensions(count));
            using var results = _session.Run(_run, [input.Name], [input.Value], [_shape.Output]);
            var shape = results[0].GetTensorTypeAndShape().Shape;
            if (shape.Length < 2 || shape[0] != count || shape[2..].Any(length => length != 1))
            {
                throw new InvalidDataException(
                    $"The feature network '{_options.File}' gives [{string.Join(", ", shape)}] for {count} images; expected [{count}, features]. " +
                    "Export it with its global pooling, or name another output.");
            }

            var features = results[0].GetTensorDataAsSpan<float>();
            var vectors = new float[count][];
            for (var i = 0; i < count; i++)
                vectors[i] = features.Slice(i * (int)shape[1], (int)shape[1]).ToArray();
            return vectors;
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException(
                $"The feature network '{_options.File}' fails on {count} images of {_shape.Width}x{_shape.Height}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
