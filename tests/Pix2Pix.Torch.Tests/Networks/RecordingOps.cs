using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>Writes down what a network is made of, layer by layer. A value is its number of channels.</summary>
internal sealed class RecordingOps : ILayerOps<int>
{
    public List<string> Calls { get; } = [];

    public List<DropoutSite> Sites { get; } = [];

    public List<ConvolutionLayer> Layers { get; } = [];

    /// <summary>The calls of a generator of these options.</summary>
    public static RecordingOps Of(GeneratorOptions options)
    {
        var ops = new RecordingOps();
        using var generator = Generator.Create(options, Placement.Cpu);
        generator.Apply(ops, options.InputChannels);
        return ops;
    }

    public int Convolution(int x, ConvolutionLayer layer)
    {
        Layers.Add(layer);
        var shape = layer.Weight.shape;
        var (inputs, outputs) = layer.Transposed ? ((int)shape[0], (int)shape[1]) : ((int)shape[1], (int)shape[0]);
        Assert.Equal(inputs, x);
        Assert.Equal([4, 4], shape[2..]);
        Assert.Equal(2, layer.Stride);
        return Call($"{(layer.Transposed ? "up" : "down")} {inputs}-{outputs}{(layer.Norm is null ? "" : " norm")}", outputs);
    }

    public int LeakyRelu(int x) => Call("leaky", x);

    public int Relu(int x) => Call($"relu {x}", x);

    public int Tanh(int x) => Call("tanh", x);

    public int Concat(int encoder, int decoder) => Call($"concat {encoder}+{decoder}", encoder + decoder);

    public int Dropout(int x, DropoutSite site)
    {
        Assert.Equal(site.Channels, x);
        Sites.Add(site);
        return Call("dropout", x);
    }

    private int Call(string what, int channels)
    {
        Calls.Add(what);
        return channels;
    }
}
