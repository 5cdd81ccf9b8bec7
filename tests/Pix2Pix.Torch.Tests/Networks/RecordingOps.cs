using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>Records the layers of a network. A value is the number of channels of a feature map.</summary>
internal sealed class RecordingOps : ILayerOps<int>
{
    public List<string> Calls { get; } = [];

    public List<DropoutSite> Sites { get; } = [];

    public List<ConvolutionLayer> Layers { get; } = [];

    /// <summary>Returns the calls of a generator with these options.</summary>
    public static RecordingOps Of(GeneratorOptions options)
    {
        var ops = new RecordingOps();
        using var generator = Generator.Create(options, TensorFactory.Cpu);
        generator.Apply(ops, options.InputChannels);
        return ops;
    }

    public int Convolution(int x, ConvolutionLayer layer)
    {
        Layers.Add(layer);
        var shape = layer.Weight.shape;
        var (inputs, outputs) = layer.Shape.Transposed ? ((int)shape[0], (int)shape[1]) : ((int)shape[1], (int)shape[0]);
        Assert.Equal(inputs, x);
        Assert.Equal([layer.Shape.Kernel, layer.Shape.Kernel], shape[2..]);
        return Call($"{Name(layer.Shape)} {inputs}-{outputs}{(layer.Norm is null ? "" : " norm")}", outputs);
    }

    public int LeakyRelu(int x) => Call("leaky", x);

    public int Relu(int x) => Call($"relu {x}", x);

    public int Tanh(int x) => Call("tanh", x);

    public int Concat(int encoder, int decoder) => Call($"concat {encoder}+{decoder}", encoder + decoder);

    public int Add(int x, int y)
    {
        Assert.Equal(x, y);
        return Call("add", x);
    }

    public int Dropout(int x, DropoutSite site)
    {
        Assert.Equal(site.Channels, x);
        Sites.Add(site);
        return Call("dropout", x);
    }

    private static string Name(ConvolutionShape shape) => shape switch
    {
        (4, 2, 1) when shape == ConvolutionShape.Halving => "down",
        (4, 2, 1) when shape == ConvolutionShape.Halving with { Transposed = true } => "up",
        (3, 1, 1) when shape == ConvolutionShape.ResizeConvolution => "resize",
        (3, 2, 1) { Transposed: true, OutputPadding: 1, Reflects: false, Enlarges: false } => "up3",
        (3, 2, 1) { Transposed: false, OutputPadding: 0, Reflects: false, Enlarges: false } => "down3",
        ({ } kernel, 1, { } padding) { Transposed: false, OutputPadding: 0, Reflects: true, Enlarges: false }
            when kernel == (2 * padding) + 1 => $"reflect{kernel}",
        _ => throw new InvalidDataException($"No layer of this shape was expected: {shape}."),
    };

    private int Call(string what, int channels)
    {
        Calls.Add(what);
        return channels;
    }
}
