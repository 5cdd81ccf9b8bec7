using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Checks that a model has the expected version, and that its inputs and outputs match its metadata. Otherwise each run would fail with an
/// error message in ONNX Runtime's terms.
/// </summary>
internal sealed class ModelCheck
{
    private readonly ModelShape _shape;
    private readonly bool _isOurs;

    /// <param name="shape">The shape according to the metadata.</param>
    /// <param name="isOurs">Whether the model was trained with this library.</param>
    public ModelCheck(ModelShape shape, bool isOurs) => (_shape, _isOurs) = (shape, isOurs);

    /// <exception cref="InvalidDataException">The model has another version than the one that this library writes.</exception>
    public static void Version(string version)
    {
        if (version != OnnxNames.CurrentVersion)
        {
            throw new InvalidDataException(
                $"The ONNX model has version '{version}' in its metadata; expected '{OnnxNames.CurrentVersion}'. It was written by " +
                "another version of Pix2Pix.");
        }
    }

    /// <exception cref="InvalidDataException">The session has different inputs or outputs.</exception>
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
                $"The ONNX model returns {otherWidth}x{otherHeight} images for {_shape.Width}x{_shape.Height} inputs; expected the same " +
                "size. Models that change the image size are not supported. If the model accepts only one size, set " +
                "ImageModelOptions.Width and Height to that size.");
        }

        throw new InvalidDataException(
            $"The ONNX model has no UInt8 tensor '{name}' of shape [{(_shape.TakesOne ? "1" : "N")}, {_shape.Height}, {_shape.Width}, " +
            $"{channels}], which its metadata describes.");
    }
}
