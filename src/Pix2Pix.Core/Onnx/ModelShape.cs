using System.Text.Json.Serialization;

namespace Pix2Pix.Onnx;

/// <summary>The images that an ONNX model takes and gives: all of them bytes, (N, H, W, ABGR). Immutable.</summary>
public sealed record ModelShape
{
    internal const int MaxSide = ImageModelOptions.MaxSide;

    /// <summary>The width in pixels of its images.</summary>
    public required int Width { get; init => field = Guard.InRange(value, 1, MaxSide); }

    /// <summary>Their height in pixels.</summary>
    public required int Height { get; init => field = Guard.InRange(value, 1, MaxSide); }

    /// <summary>What the network sees of an image.</summary>
    public required ImageChannels Input { get; init => field = Guard.Defined(value); }

    /// <summary>What the network gives.</summary>
    public required ImageChannels Output { get; init => field = Guard.Defined(value); }

    /// <summary>Whether the network takes images of no other size.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Where it takes images of other sizes: sides have to be multiples of this.</summary>
    public int SideStep { get; init => field = Guard.InRange(value, 1, MaxSide); } = 1;

    /// <summary>Where it takes images of other sizes: the smallest side.</summary>
    public int LeastSide { get; init => field = Guard.InRange(value, 1, MaxSide); } = 1;

    /// <summary>Whether it takes one image at a time, rather than any number.</summary>
    public bool TakesOne { get; init; }

    /// <summary>The bytes of an image.</summary>
    [JsonIgnore]
    public int ImageLength => Width * Height * OnnxPixels.Channels;

    /// <summary>The shape of a generator of this library.</summary>
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

    /// <summary>The shape that the metadata of a model tells.</summary>
    /// <exception cref="InvalidDataException">It tells none, or one that cannot be.</exception>
    public static ModelShape Of(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var texts = metadata.DistinctBy(pair => pair.Key).ToDictionary();
        if (texts.TryGetValue(OnnxNames.Shape, out var shape))
            return OptionsJson.Read<ModelShape>(shape);
        return texts.TryGetValue(OnnxNames.Generator, out var generator)
            ? Of(OptionsJson.Read<GeneratorOptions>(generator))
            : throw new InvalidDataException(
                $"The ONNX model has no '{OnnxNames.Generator}' in its metadata; expected a model of this library.");
    }

    /// <summary>The smallest side that the network takes for an image of this side.</summary>
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
