namespace Pix2Pix.Torch.Import;

/// <summary>A weight in the file, and the parameter or buffer of ours that it becomes.</summary>
/// <param name="Source">Its name in the file, without what is in front of all names.</param>
/// <param name="Target">Its name here.</param>
/// <param name="Shape">On both sides.</param>
internal sealed record WeightPair(string Source, string Target, long[] Shape);
