namespace Pix2Pix.Torch.Import;

/// <summary>Bytes of a file.</summary>
/// <param name="Offset">Of the first.</param>
/// <param name="Length">They are all within the file.</param>
/// <param name="Checksum">Their CRC-32, where the file has one.</param>
internal readonly record struct StoredPart(long Offset, long Length, uint? Checksum);
