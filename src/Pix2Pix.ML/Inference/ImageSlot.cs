using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>The bytes of one image on its way through the network. Used again for the next one; for one thread at a time.</summary>
internal sealed class ImageSlot
{
    private byte[] _pixels = [];
    private byte[] _output = [];

    /// <summary>The width of the pixels that the network takes.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The size of the image that they were made of.</summary>
    public int SourceWidth { get; private set; }

    public int SourceHeight { get; private set; }

    /// <summary>(height, width, ABGR).</summary>
    public Memory<byte> Pixels => _pixels.AsMemory(0, 4 * Width * Height);

    /// <summary>Room for what the network gives, of the length of <see cref="Pixels"/>; made when first asked for.</summary>
    public Memory<byte> Output
    {
        get
        {
            if (_output.Length < Pixels.Length)
                _output = new byte[Pixels.Length];
            return _output.AsMemory(0, Pixels.Length);
        }
    }

    /// <summary>Makes room for an image of this size. What the room holds is left of the one before.</summary>
    public void Make(MLImage source, int width, int height)
    {
        (Width, Height, SourceWidth, SourceHeight) = (width, height, source.Width, source.Height);
        var length = AbgrImage.Length(width, height);
        if (_pixels.Length < length)
            _pixels = new byte[length];
    }
}
