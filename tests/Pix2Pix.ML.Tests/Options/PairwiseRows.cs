namespace Pix2Pix.ML.Tests.Options;

/// <summary>A small set of option combinations that contains every allowed pair of values.</summary>
internal sealed class PairwiseRows
{
    private readonly OptionValue[][] _options;
    private readonly HashSet<(OptionValue, OptionValue)> _open = [];
    private readonly Dictionary<(OptionValue, OptionValue), OptionValue> _needed = []; // the value that makes the pair possible
    private readonly Func<IReadOnlyList<OptionValue>, bool> _isAllowed;

    private PairwiseRows(IEnumerable<OptionValue> values, Func<IReadOnlyList<OptionValue>, bool> isAllowed)
    {
        _options = [.. values.GroupBy(value => value.Option).Select(group => group.ToArray())];
        _isAllowed = isAllowed;
        OptionValue[] all = [.. _options.SelectMany(option => option)];
        foreach (var (first, second) in Pairs(all))
        {
            var isPossible = isAllowed([first, second]);
            if (!isPossible && all.FirstOrDefault(IsThirdOf) is { } third)
                (isPossible, _needed[(first, second)]) = (true, third);
            if (isPossible)
                _open.Add((first, second));

            bool IsThirdOf(OptionValue value)
                => value.Option != first.Option && value.Option != second.Option && isAllowed([first, second, value]);
        }
    }

    /// <summary>Chooses values greedily: each value added to a combination is the one that covers the most new pairs.</summary>
    /// <param name="values">All values; those of one option exclude each other.</param>
    /// <param name="isAllowed">Whether values can be combined.</param>
    public static IReadOnlyList<IReadOnlyList<OptionValue>> Of(
        IEnumerable<OptionValue> values, Func<IReadOnlyList<OptionValue>, bool> isAllowed)
    {
        var rows = new PairwiseRows(values, isAllowed);
        var chosen = new List<IReadOnlyList<OptionValue>>();
        while (rows._open.Count > 0)
            chosen.Add(rows.Next());
        return chosen;
    }

    /// <summary>Each pair of values of two options, in the order of the values.</summary>
    public static IEnumerable<(OptionValue First, OptionValue Second)> Pairs(IReadOnlyList<OptionValue> values)
        => from i in Enumerable.Range(0, values.Count)
           from second in values.Skip(i + 1)
           where second.Option != values[i].Option
           select (values[i], second);

    private List<OptionValue> Next()
    {
        var (first, second) = _open.First();
        List<OptionValue> row = [first, second];
        if (_needed.TryGetValue((first, second), out var third))
            row.Add(third);
        foreach (var option in _options.Where(option => row.TrueForAll(value => value.Option != option[0].Option)))
        {
            var next = option
                .OrderByDescending(value => row.Count(other => IsOpen(value, other)))
                .FirstOrDefault(value => _isAllowed([.. row, value]));
            if (next is not null) // otherwise, the default is used
                row.Add(next);
        }

        foreach (var value in row)
            _open.RemoveWhere(pair => pair.Item1 == value && row.Contains(pair.Item2));
        return row;
    }

    private bool IsOpen(OptionValue a, OptionValue b) => _open.Contains((a, b)) || _open.Contains((b, a));
}
