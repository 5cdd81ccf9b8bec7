namespace Quickstart;

/// <summary>The pairs to learn from, and those kept away from the training to test it.</summary>
internal sealed record PairSet(IReadOnlyList<Pair> Train, IReadOnlyList<Pair> Test)
{
    private const int Tenth = 10;

    /// <summary>Takes every tenth of the sorted pairs out of the training; the last one where there are fewer than ten.</summary>
    public static PairSet Split(IReadOnlyCollection<Pair> sorted)
    {
        int every = Math.Min(Tenth, sorted.Count);
        ILookup<bool, Pair> parts = sorted.Index().ToLookup(pair => pair.Index % every == every - 1, pair => pair.Item);
        return new PairSet([.. parts[false]], [.. parts[true]]);
    }

    /// <summary>At most <paramref name="most"/> of <paramref name="items"/>, evenly spread over them.</summary>
    public static T[] Spread<T>(IReadOnlyList<T> items, int most)
    {
        int count = Math.Min(items.Count, most);
        return [.. Enumerable.Range(0, count).Select(i => items[(int)((long)i * items.Count / count)])];
    }
}
