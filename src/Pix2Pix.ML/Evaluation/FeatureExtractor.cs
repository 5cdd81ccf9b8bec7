using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Inference;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A network that computes features of images in ONNX Runtime. Not thread-safe, except <see cref="Fill"/>.</summary>
internal sealed class FeatureExtractor : IDisposable
{
    private readonly FeatureNetworkOptions _options;
    private readonly InferenceSession _session;
    private readonly FeatureShape _shape;
    private readonly RunOptions _run = new();

    /// <exception cref="InvalidDataException">The file is not an ONNX model, or not a supported one.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FeatureExtractor(FeatureNetworkOptions options, GpuChoice gpu, int? threads, Pix2PixLog log)
    {
        _options = options;
        if (!File.Exists(options.File))
        {
            throw new FileNotFoundException(
                $"The file '{Path.GetFullPath(options.File)}' does not exist; expected an ONNX feature network for FID and KID. Correct " +
                "FeatureNetworkOptions.File, or leave FeatureNetwork null.",
                options.File);
        }

        var open = OpenOptions.Default with { Gpu = gpu, Execution = new ExecutionOptions { Threads = threads } };
        try
        {
            using var file = ModelFile.Of(OnnxFile.Read(options.File));
            _session = OnnxSession.Open(file, open, log).Session;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The feature network {e.Message}", e); // starts with the path
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime cannot load the feature network '{options.File}': {e.Message}", e);
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

    /// <summary>The number of images per run.</summary>
    public int BatchSize => _shape.OneAtATime ? 1 : _options.BatchSize;

    /// <summary>The number of input values per image.</summary>
    public int InputLength => PixelImage.Rgb * _shape.Width * _shape.Height;

    /// <summary>Resizes and normalizes an RGB image. Thread-safe.</summary>
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

    /// <summary>Computes the features of images, one vector per image.</summary>
    /// <param name="values">The input values of all images, contiguous.</param>
    /// <param name="count">The number of images, at most the batch size.</param>
    /// <exception cref="InvalidDataException">The network fails or does not output vectors.</exception>
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
                    $"The feature network '{_options.File}' returned shape [{string.Join(", ", shape)}] for " +
                    $"{Pluralize.Of(count, "image")}; expected [{count}, features]. Export it with its global pooling, or choose " +
                    "another output.");
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
                $"The feature network '{_options.File}' failed on {Pluralize.Of(count, "image")} of {_shape.Width}x{_shape.Height}: {e.Message}",
                e);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}

/// <summary>The input and output of a feature network.</summary>
internal sealed record FeatureShape(string Input, string Output, bool ChannelsFirst, bool OneAtATime, int Width, int Height)
{
    /// <summary>Reads the shape from the model.</summary>
    /// <exception cref="InvalidDataException">The input or output is not as expected; the message lists all differences.</exception>
    public static FeatureShape Of(InferenceSession session, FeatureNetworkOptions options)
    {
        List<string> problems = [];
        var (input, dimensions) = Images(session.InputMetadata, problems);
        var output = Features(session.OutputMetadata, options.Output, problems);
        var channelsFirst = dimensions is [_, 3, _, _];
        var (height, width) = channelsFirst ? (dimensions[2], dimensions[3]) : (dimensions[1], dimensions[2]);
        foreach (var (name, side) in (ReadOnlySpan<(string, int)>)[("height", height), ("width", width)])
        {
            if (side < 0 && options.Size is null)
                problems.Add($"the {name} of its input is dynamic; set FeatureNetworkOptions.Size");
            if (side >= 0 && options.Size is { } size && size != side)
                problems.Add($"the {name} of its input is fixed at {side}, but FeatureNetworkOptions.Size is {size}; leave Size null");
        }

        if (problems.Count > 0)
            throw new InvalidDataException($"The feature network '{options.File}' cannot be used: {string.Join("; ", problems)}.");
        return new FeatureShape(
            input, output, channelsFirst, dimensions[0] == 1, width < 0 ? options.Size!.Value : width, height < 0 ? options.Size!.Value : height);
    }

    /// <summary>The input dimensions for the given number of images.</summary>
    public long[] Dimensions(int count) => ChannelsFirst ? [count, 3, Height, Width] : [count, Height, Width, 3];

    private static (string Name, int[] Dimensions) Images(IReadOnlyDictionary<string, NodeMetadata> nodes, List<string> problems)
    {
        var (name, node) = nodes.Count == 1 ? nodes.First() : default;
        if (node is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions: [-1 or 1, 3, _, _] or [-1 or 1, _, _, 3] })
            return (name, node.Dimensions);
        problems.Add($"{Found("input", nodes)}; expected one Float input of shape [N, 3, height, width] or [N, height, width, 3], " +
            "where N is dynamic or 1");
        return (string.Empty, [1, 3, 1, 1]);
    }

    private static string Features(IReadOnlyDictionary<string, NodeMetadata> nodes, string? option, List<string> problems)
    {
        var name = option ?? (nodes.Count == 1 ? nodes.Keys.First() : string.Empty);
        if (nodes.TryGetValue(name, out var node) && node is { IsTensor: true, ElementDataType: TensorElementType.Float })
            return name;
        var expected = option is null
            ? "expected one Float output; set FeatureNetworkOptions.Output"
            : $"expected a Float output named '{option}'";
        problems.Add($"{Found("output", nodes)}; {expected}");
        return string.Empty;
    }

    private static string Found(string kind, IReadOnlyDictionary<string, NodeMetadata> nodes)
        => $"its {kind}{(nodes.Count == 1 ? " is" : "s are")} {List(nodes)}";

    private static string List(IReadOnlyDictionary<string, NodeMetadata> nodes)
        => string.Join(" and ", nodes.Select(node => node.Value.IsTensor
            ? $"'{node.Key}' ({node.Value.ElementDataType} " +
                $"[{string.Join(", ", node.Value.Dimensions.Select(d => d < 0 ? "dynamic" : $"{d}"))}])"
            : $"'{node.Key}' (not a tensor)").DefaultIfEmpty("none"));
}
