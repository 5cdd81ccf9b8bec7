namespace Pix2Pix.Torch.Import;

/// <summary>What wrappers of PyTorch put in front of all names of a network: DataParallel and its kin, and torch.compile.</summary>
internal static class NamePrefix
{
    private static readonly string[] Known = ["module.", "_orig_mod."];

    /// <summary>The prefixes, one behind the other, that all names have.</summary>
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
