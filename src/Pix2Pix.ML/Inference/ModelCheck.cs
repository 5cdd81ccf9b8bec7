using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Whether a model is of the version, and takes and gives the images, that its metadata tells of: a run with other shapes than the graph's
/// would fail, image by image, in terms of ONNX Runtime's.
/// </summary>
internal sealed class ModelCheck
{
    private readonly ModelShape _shape;
    private readonly bool _isOurs;

    /// <param name="shape">What its metadata tells.</param>
    /// <param name="isOurs">Whether it was trained here.</param>
    public ModelCheck(ModelShape shape, bool isOurs) => (_shape, _isOurs) = (shape, isOurs);

    /// <exception cref="InvalidDataException">The model is of another version than this library writes.</exception>
    public static void Version(string version)
    {
        if (version != OnnxNames.CurrentVersion)
        {
            throw new InvalidDataException(
                $"The ONNX model has version '{version}' in its metadata; expected '{OnnxNames.CurrentVersion}'. A newer Pix2Pix wrote it.");
        }
    }

    /// <exception cref="InvalidDataException">The session takes or gives something else.</exception>
    public void Images(GuardedSession session)
    {
        Images(session.Inputs, OnnxNames.Input, OnnxPixels.Channels);
        Images(session.Outputs, OnnxNames.Output, OnnxPixels.Channels);
        if (_shape.Output == ImageChannels.Chroma)
            Images(session.Outputs, OnnxNames.Chroma, _shape.Output.Count());
    }

    private void Images(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, int channels)
    {
        if (nodes.TryGetValue(name, out var node) && node is { IsTensor: true, ElementDataType: TensorElementType.UInt8 }
            && node.Dimensions is [var count, var height, var width, var found] && count == (_shape.TakesOne ? 1 : -1) && found == channels
            && (height < 0 || height == _shape.Height) && (width < 0 || width == _shape.Width))
        {
            return;
        }

        if (!_isOurs && node is { IsTensor: true, Dimensions: [_, > 0 and var otherHeight, > 0 and var otherWidth, _] }
            && (otherWidth, otherHeight) != (_shape.Width, _shape.Height))
        {
            throw new InvalidDataException(
                $"The ONNX model gives images of {otherWidth}x{otherHeight} for images of {_shape.Width}x{_shape.Height}; expected the same " +
                "size. Models that enlarge or shrink are not supported; where the model takes one size alone, set ImageModelOptions.Width " +
                "and Height to it.");
        }

        throw new InvalidDataException(
            $"The ONNX model has no '{name}' of bytes, [{(_shape.TakesOne ? "1" : "N")}, {_shape.Height}, {_shape.Width}, {channels}], as its " +
            "metadata says.");
    }
}
