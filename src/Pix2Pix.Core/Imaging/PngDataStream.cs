namespace Pix2Pix.Imaging;

/// <summary>
/// Splits the written data into IDAT chunks, so that neither the length has to be known in advance nor much memory is needed.
/// </summary>
internal sealed class PngDataStream : Stream
{
    private const int ChunkBytes = 1 << 16;

    private readonly Stream _file;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private int _count;

    public PngDataStream(Stream file) => _file = file;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int part = Math.Min(buffer.Length, ChunkBytes - _count);
            buffer[..part].CopyTo(_chunk.AsSpan(_count));
            buffer = buffer[part..];
            _count += part;
            if (_count == ChunkBytes)
                WriteChunk();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // Chunks are written when they are full. Flushing earlier would only create more of them.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
            WriteChunk();
        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        PngChunk.Write(_file, "IDAT"u8, _chunk.AsSpan(0, _count));
        _count = 0;
    }
}
