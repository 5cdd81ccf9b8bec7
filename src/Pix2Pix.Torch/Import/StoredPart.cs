namespace Pix2Pix.Torch.Import;

/// <summary>A byte range in a file.</summary>
/// <param name="Offset">The offset of the first byte.</param>
/// <param name="Length">The number of bytes, all within the file.</param>
/// <param name="Checksum">The CRC-32 of the bytes, if the file has one.</param>
internal readonly record struct StoredPart(long Offset, long Length, uint? Checksum);
