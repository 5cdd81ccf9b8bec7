namespace Pix2Pix.Torch.Import;

/// <summary>Finds the prefixes that PyTorch wrappers such as DataParallel and torch.compile add to all names of a network.</summary>
internal static class NamePrefix
{
    private static readonly string[] Known = ["module.", "_orig_mod."];

    /// <summary>The concatenated prefixes that all names share.</summary>
    public static string Of(IReadOnlyList<WeightEntry> tensors)
    {
        var prefix = string.Empty;
        while (tensors.Count > 0
            && Known.FirstOrDefault(k => tensors.All(t => t.Name.AsSpan().StartsWith(prefix + k, StringComparison.Ordinal))) is { } known)
        {
            prefix += known;
        }

        return prefix;
    }
}
