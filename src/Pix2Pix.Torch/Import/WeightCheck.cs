namespace Pix2Pix.Torch.Import;

/// <summary>Compares the weights in a file with those that a network needs.</summary>
internal static class WeightCheck
{
    /// <summary>Returns one line for each weight that is missing, unexpected, or of another shape or type.</summary>
    /// <param name="prefix">The prefix of all names in the file.</param>
    /// <param name="found">The weights in the file, by name without the prefix.</param>
    /// <param name="expected">The required weights.</param>
    /// <param name="ignored">The optional weights.</param>
    public static IEnumerable<string> Problems(
        string prefix, IReadOnlyDictionary<string, WeightEntry> found, IReadOnlyList<WeightPair> expected, IEnumerable<string> ignored)
    {
        foreach (var pair in expected)
        {
            var name = Quote.Name(prefix + pair.Source);
            if (!found.TryGetValue(pair.Source, out var entry))
                yield return $"{name} is missing; expected {WeightEntry.Form(pair.Shape)}.";
            else if (!entry.Shape.SequenceEqual(pair.Shape))
                yield return $"{name} is {WeightEntry.Form(entry.Shape)}; expected {WeightEntry.Form(pair.Shape)}.";
            else if (!entry.IsReal)
                yield return $"{name} is of type {entry.Type}; expected Float32, Float16, BFloat16 or Float64.";
        }

        foreach (var name in found.Keys.Except(expected.Select(pair => pair.Source)).Except(ignored))
            yield return $"{Quote.Name(prefix + name)} has no place in this network.";
    }
}
