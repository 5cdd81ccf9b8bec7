using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>A reusable buffer for one image that passes through the network. Not thread-safe.</summary>
internal sealed class ImageSlot
{
    private byte[] _pixels = [];
    private byte[] _output = [];

    /// <summary>The width of the network input in pixels.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The width of the source image.</summary>
    public int SourceWidth { get; private set; }

    public int SourceHeight { get; private set; }

    /// <summary>The input bytes, (height, width, ABGR).</summary>
    public Memory<byte> Pixels => _pixels.AsMemory(0, 4 * Width * Height);

    /// <summary>The output buffer, with the length of <see cref="Pixels"/>; allocated on first use.</summary>
    public Memory<byte> Output
    {
        get
        {
            if (_output.Length < Pixels.Length)
                _output = new byte[Pixels.Length];
            return _output.AsMemory(0, Pixels.Length);
        }
    }

    /// <summary>Sizes the buffer for an image. Its contents are those of the previous image.</summary>
    public void Make(MLImage source, int width, int height)
    {
        (Width, Height, SourceWidth, SourceHeight) = (width, height, source.Width, source.Height);
        var length = AbgrImage.Length(width, height);
        if (_pixels.Length < length)
            _pixels = new byte[length];
    }
}
