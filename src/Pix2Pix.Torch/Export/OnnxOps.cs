using System.Runtime.InteropServices;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Export;

/// <summary>Writes layers as ONNX nodes on float tensors (N, C, H, W). A value is the name of a tensor.</summary>
internal sealed class OnnxOps : ILayerOps<string>
{
    private readonly OnnxGraph _graph;
    private readonly InferenceOptions _inference;

    public OnnxOps(OnnxGraph graph, InferenceOptions inference)
    {
        _graph = graph;
        _inference = inference;
    }

    public string Convolution(string x, ConvolutionLayer layer)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var norm = layer.Norm;
        var (weight, bias) = ((Tensor)layer.Weight, (Tensor?)layer.Bias);
        var fold = norm?.Scale is not null && _inference.Statistics == NormStatistics.Running;
        if (fold)
            (weight, bias) = Folded(layer, norm!);

        var convolved = Convolution(Enlarged(x, layer.Shape), layer.Shape, weight, bias);
        return norm is null || fold ? convolved : Normalize(convolved, norm);
    }

    public string LeakyRelu(string x) => _graph.Node("LeakyRelu", [x], OnnxAttribute.Float("alpha", TensorOps.LeakySlope));

    public string Relu(string x) => _graph.Node("Relu", [x]);

    // Every network ends with tanh and uses it nowhere else.
    public string Tanh(string x) => _graph.NodeAs(NetworkNodes.Output, "Tanh", [x]);

    public string Concat(string encoder, string decoder) => _graph.Node("Concat", [encoder, decoder], OnnxAttribute.Int("axis", 1));

    public string Add(string x, string y) => _graph.Node("Add", [x, y]);

    public string Dropout(string x, DropoutSite site)
    {
        if (!_inference.Dropout)
            return x;
        using var scope = NewDisposeScope();
        var mask = site.Mask(count: 1, _inference.DropoutSeed, TensorFactory.Cpu);
        return _graph.NodeAs($"{NetworkNodes.Masked}{site.Index}", "Mul", [x, Constant(mask)]);
    }

    // With asymmetric and floor, the value at i is the input at i / 2, rounded down, independent of the runtime's arithmetic.
    private string Enlarged(string x, ConvolutionShape shape)
    {
        if (shape.Enlarges)
        {
            x = _graph.Node(
                "Resize",
                [x, OnnxGraph.Absent, _graph.Constant([1f, 1f, 2f, 2f], 4)],
                OnnxAttribute.String("mode", "nearest"),
                OnnxAttribute.String("coordinate_transformation_mode", "asymmetric"),
                OnnxAttribute.String("nearest_mode", "floor"));
        }

        long p = shape.Padding;
        return shape.Reflects
            ? _graph.Node("Pad", [x, _graph.Constant(0L, 0L, p, p, 0L, 0L, p, p)], OnnxAttribute.String("mode", "reflect"))
            : x;
    }

    private string Convolution(string x, ConvolutionShape shape, Tensor weight, Tensor? bias)
    {
        string[] inputs = bias is null ? [x, Constant(weight)] : [x, Constant(weight), Constant(bias)];
        long padding = shape.ZeroPadding;
        List<OnnxAttribute> attributes =
        [
            OnnxAttribute.Ints("kernel_shape", shape.Kernel, shape.Kernel),
            OnnxAttribute.Ints("strides", shape.Stride, shape.Stride),
            OnnxAttribute.Ints("pads", padding, padding, padding, padding),
        ];
        if (shape.OutputPadding > 0)
            attributes.Add(OnnxAttribute.Ints("output_padding", shape.OutputPadding, shape.OutputPadding));
        return _graph.Node(shape.Transposed ? "ConvTranspose" : "Conv", inputs, [.. attributes]);
    }

    // InstanceNormalization with gamma and beta is batch normalization by the statistics of each image. ONNX Runtime on CUDA rejects
    // BatchNormalization with training_mode=1 (github.com/microsoft/onnxruntime/issues/16867).
    private string Normalize(string x, NormLayer norm)
    {
        using var scale = norm.Scale is null ? ones(norm.Channels) : norm.Scale.alias();
        using var shift = norm.Shift is null ? zeros(norm.Channels) : norm.Shift.alias();
        return _graph.Node(
            NetworkNodes.Norm, [x, Constant(scale), Constant(shift)], OnnxAttribute.Float("epsilon", NormLayer.Epsilon));
    }

    /// <summary>Folds the normalization by running statistics into the layer's convolution.</summary>
    private static (Tensor Weight, Tensor Bias) Folded(ConvolutionLayer layer, NormLayer norm)
    {
        var scale = norm.Scale! / norm.RunningVariance!.Plus(NormLayer.Epsilon).sqrt(); // (C)
        var weight = layer.Weight * scale.view(layer.Shape.Transposed ? [1, -1, 1, 1] : [-1, 1, 1, 1]);
        var bias = ((layer.Bias is null ? -norm.RunningMean! : layer.Bias - norm.RunningMean!) * scale).Plus(norm.Shift!);
        return (weight, bias);
    }

    private string Constant(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var floats = tensor.detach().to(ScalarType.Float32, CPU).contiguous();
        return _graph.Constant(MemoryMarshal.Cast<byte, float>(floats.bytes), tensor.shape);
    }
}
