namespace Pix2Pix.Torch.Import;

/// <summary>A weight in the file, and the parameter or buffer that it maps to.</summary>
/// <param name="Source">The name in the file, without the common prefix.</param>
/// <param name="Target">The name in this library.</param>
/// <param name="Shape">The shape on both sides.</param>
internal sealed record WeightPair(string Source, string Target, long[] Shape);
