using Pix2Pix.Onnx;

namespace Pix2Pix;

/// <summary>The input and output of an ONNX file.</summary>
public enum OnnxInterface
{
    /// <summary>Images as bytes; the graph converts to and from the network's values. See <see cref="OnnxNames"/>.</summary>
    Pixels,

    /// <summary>
    /// The network alone, for other runtimes: "input" and "output", float (N, C, H, W) in [-1, 1], red, green, blue;
    /// <see cref="ImageChannels"/> describes other channels. Height and width are dynamic if the network accepts other sizes.
    /// </summary>
    Network,
}
