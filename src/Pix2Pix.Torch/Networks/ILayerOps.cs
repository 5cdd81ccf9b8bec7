namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The operations of a generator. A generator is defined once in these terms; <see cref="TensorOps"/> runs the definition in TorchSharp,
/// and <c>OnnxOps</c> writes it as an ONNX graph, so that both stay consistent.
/// </summary>
/// <typeparam name="T">A tensor, or the name of one.</typeparam>
internal interface ILayerOps<T>
{
    /// <summary>Applies the layer with its <see cref="ConvolutionShape"/> and its normalization, if any.</summary>
    T Convolution(T x, ConvolutionLayer layer);

    /// <summary>LeakyReLU with a slope of 0.2.</summary>
    T LeakyRelu(T x);

    T Relu(T x);

    T Tanh(T x);

    /// <summary>Concatenates two feature maps of the same size along the channels, the encoder's first.</summary>
    T Concat(T encoder, T decoder);

    /// <summary>Adds two feature maps of the same shape.</summary>
    T Add(T x, T y);

    /// <summary>Applies dropout with a probability of one half. The site has the shape of one image's feature map, without N.</summary>
    T Dropout(T x, DropoutSite site);
}
