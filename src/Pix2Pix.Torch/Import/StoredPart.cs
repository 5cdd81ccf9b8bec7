namespace Pix2Pix.Torch.Import;

/// <summary>The bytes of a storage.</summary>
/// <param name="Open">Returns a stream at the first byte, valid until another part is opened. It needs no disposal.</param>
/// <param name="Checksum">The CRC-32 of the bytes, if the file has one.</param>
internal readonly record struct StoredPart(Func<Stream> Open, uint? Checksum);
