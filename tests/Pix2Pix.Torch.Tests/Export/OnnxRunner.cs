using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Export;

/// <summary>An exported model in ONNX Runtime.</summary>
internal sealed class OnnxRunner : IDisposable
{
    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };

    public OnnxRunner(byte[] model) => Session = new InferenceSession(model, _options);

    public InferenceSession Session { get; }

    public static byte[] Export(
        Generator generator, InferenceOptions inference, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        using var stream = new MemoryStream();
        GeneratorExporter.Write(generator, inference, stream, metadata);
        return stream.ToArray();
    }

    /// <summary>(N, height, width, ABGR) bytes to the same.</summary>
    public byte[] Run(byte[] images, int count, GeneratorOptions size) => Run(images, count, size, OnnxNames.Output, 4);

    /// <summary>(N, height, width, ABGR) bytes to (N, height, width, 2); empty if the generator does not output chroma.</summary>
    public byte[] RunChroma(byte[] images, int count, GeneratorOptions size)
        => size.Output == ImageChannels.Chroma ? Run(images, count, size, OnnxNames.Chroma, 2) : [];

    private byte[] Run(byte[] images, int count, GeneratorOptions size, string name, int channels)
    {
        var input = new DenseTensor<byte>(images, [count, size.Height, size.Width, 4]);
        using var results = Session.Run([NamedOnnxValue.CreateFromTensor(OnnxNames.Input, input)], [name]);
        var output = results.Single().AsTensor<byte>();
        Assert.Equal([count, size.Height, size.Width, channels], output.Dimensions.ToArray());
        return [.. output];
    }

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }
}
