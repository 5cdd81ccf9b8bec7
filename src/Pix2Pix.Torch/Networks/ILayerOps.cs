namespace Pix2Pix.Torch.Networks;

/// <summary>
/// What a generator is made of. A generator describes itself once in these terms; <see cref="TensorOps"/> runs the description in
/// TorchSharp and <c>OnnxOps</c> writes it down as an ONNX graph, so the two cannot drift apart.
/// </summary>
/// <typeparam name="T">A tensor, or the name of one.</typeparam>
internal interface ILayerOps<T>
{
    /// <summary>The layer with all of its <see cref="ConvolutionShape"/>, and its normalization, where it has one.</summary>
    T Convolution(T x, ConvolutionLayer layer);

    /// <summary>LeakyReLU with a slope of 0.2.</summary>
    T LeakyRelu(T x);

    T Relu(T x);

    T Tanh(T x);

    /// <summary>Joins two maps of the same size by channel, the encoder's first.</summary>
    T Concat(T encoder, T decoder);

    /// <summary>The sum of two maps of the same shape.</summary>
    T Add(T x, T y);

    /// <summary>Dropout of one half. The shape is that of one image's map, without N.</summary>
    T Dropout(T x, DropoutSite site);
}
