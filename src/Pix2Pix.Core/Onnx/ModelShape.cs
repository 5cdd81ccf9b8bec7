using System.Text.Json.Serialization;

namespace Pix2Pix.Onnx;

/// <summary>Describes the images that an ONNX model takes and returns, always as bytes (N, H, W, ABGR). Immutable.</summary>
internal sealed record ModelShape
{
    internal const int MaxSide = ImageModelOptions.MaxSide;

    /// <summary>The width of the images in pixels.</summary>
    public required int Width { get; init => field = Guard.InRange(value, 1, MaxSide); }

    /// <summary>The height of the images in pixels.</summary>
    public required int Height { get; init => field = Guard.InRange(value, 1, MaxSide); }

    /// <summary>The channels of the network's input.</summary>
    public required ImageChannels Input { get; init => field = Guard.Defined(value); }

    /// <summary>The channels of the network's output.</summary>
    public required ImageChannels Output { get; init => field = Guard.Defined(value); }

    /// <summary>Whether the network accepts images of this size only.</summary>
    public bool IsFixed { get; init; }

    /// <summary>If the network accepts other sizes, both sides must be multiples of this value.</summary>
    public int SideStep { get; init => field = Guard.InRange(value, 1, MaxSide); } = 1;

    /// <summary>If the network accepts other sizes, the smallest allowed side.</summary>
    public int LeastSide { get; init => field = Guard.InRange(value, 1, MaxSide); } = 1;

    /// <summary>Whether the network takes exactly one image at a time instead of a batch of any size.</summary>
    public bool TakesOne { get; init; }

    /// <summary>The size of an image in bytes.</summary>
    [JsonIgnore]
    public int ImageLength => Width * Height * OnnxPixels.Channels;

    /// <summary>Returns the shape of a generator of this library.</summary>
    public static ModelShape Of(GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new()
        {
            Width = options.Width,
            Height = options.Height,
            Input = options.Input,
            Output = options.Output,
            SideStep = options.SideStep,
            LeastSide = options.LeastSide,
        };
    }

    /// <summary>Reads the shape from a model's metadata.</summary>
    /// <exception cref="InvalidDataException">The metadata contains no shape, or an invalid one.</exception>
    public static ModelShape Of(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var texts = metadata.DistinctBy(pair => pair.Key).ToDictionary();
        if (texts.TryGetValue(OnnxNames.Shape, out var shape))
            return OptionsJson.Read<ModelShape>(shape);
        return texts.TryGetValue(OnnxNames.Generator, out var generator)
            ? Of(OptionsJson.Read(generator, GeneratorOptions.Default))
            : throw new InvalidDataException(
                $"The ONNX model's metadata has no '{OnnxNames.Generator}' entry; expected a model exported by Pix2Pix.");
    }

    /// <summary>Returns the smallest side that the network accepts for an image with the given side.</summary>
    public int Fitting(int side) => Math.Max(LeastSide, checked((side + SideStep - 1) / SideStep * SideStep));

    internal OnnxValue InputImages(bool anySize = false) => Images(OnnxNames.Input, OnnxPixels.Channels, anySize);

    internal IEnumerable<OnnxValue> OutputImages(bool anySize = false)
    {
        yield return Images(OnnxNames.Output, OnnxPixels.Channels, anySize);
        if (Output == ImageChannels.Chroma)
            yield return Images(OnnxNames.Chroma, Output.Count(), anySize);
    }

    private OnnxValue Images(string name, int channels, bool anySize)
        => OnnxValue.Images(name, channels, anySize ? null : (Height, Width), TakesOne ? 1 : null);
}

/// <summary>A model without a network that returns its input unchanged.</summary>
internal static class EmptyModel
{
    /// <summary>Writes a model for images of the given shape, with the names in <see cref="OnnxNames"/>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="mark">A text at the end of the model.</param>
    /// <param name="stream">The stream to write to.</param>
    public static void Write(ModelShape shape, string mark, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(stream);
        var graph = new OnnxGraph("empty");
        graph.NodeAs(OnnxNames.Output, "Identity", [OnnxNames.Input]);
        graph.ToModel([shape.InputImages()], shape.OutputImages().Take(1), [new("pix2pix.mark", mark)]).WriteTo(stream);
    }
}
