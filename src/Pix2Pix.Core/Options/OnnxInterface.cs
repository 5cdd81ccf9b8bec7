using Pix2Pix.Onnx;

namespace Pix2Pix;

/// <summary>What an ONNX file takes and gives.</summary>
public enum OnnxInterface
{
    /// <summary>
    /// Pictures as bytes, with the conversion to and from the network's values in the graph. <see cref="OnnxNames"/> says more.
    /// </summary>
    Pixels,

    /// <summary>
    /// The network alone, for other runtimes: "input" and "output", float (N, C, H, W) in [-1, 1], red, green, blue; what other channels
    /// are stands in <see cref="ImageChannels"/>. Height and width are open where the network takes other sizes.
    /// </summary>
    Network,
}
