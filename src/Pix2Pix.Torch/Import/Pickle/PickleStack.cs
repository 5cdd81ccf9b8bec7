namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>Where a pickle's instructions put values and take them from. Bounded, whatever the pickle says.</summary>
internal sealed class PickleStack
{
    private const int MaxValues = 1 << 16;
    private const int MaxMarks = 32;

    private readonly PickleInput _input;
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<int, object?> _memo = [];

    public PickleStack(PickleInput input) => _input = input;

    public void Push(object? value)
    {
        if (_values.Count == MaxValues)
            throw _input.Error($"more than {MaxValues} values on the stack");
        _values.Add(value);
    }

    /// <summary>Takes the last value away.</summary>
    public object? Pop()
    {
        var value = Top();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Takes away the last value, which is of this kind.</summary>
    public T Pop<T>(string expected) => Is<T>(Pop(), expected);

    /// <summary>The last value, which is of this kind and stays.</summary>
    public T Peek<T>(string expected) => Is<T>(Top(), expected);

    public void Mark()
    {
        if (_marks.Count == MaxMarks)
            throw _input.Error($"more than {MaxMarks} marks on the stack");
        _marks.Push(_values.Count);
    }

    /// <summary>Takes all values since the last mark away, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (!_marks.TryPop(out var start))
            throw _input.Error("a use of values since a mark that is not there");
        var values = _values[start..].ToArray();
        _values.RemoveRange(start, values.Length);
        return values;
    }

    /// <summary>Keeps the last value under a number.</summary>
    public void Put(int number)
    {
        if (_memo.Count == MaxValues && !_memo.ContainsKey(number))
            throw _input.Error($"more than {MaxValues} values in the memo");
        _memo[number] = Top();
    }

    /// <summary>Pushes what is kept under a number.</summary>
    public void Get(int number)
        => Push(_memo.TryGetValue(number, out var value) ? value : throw _input.Error($"value {number} of the memo, which is not there"));

    /// <summary>Takes the one value away that a pickle ends with.</summary>
    public object? Finish() => _values.Count == 1 && _marks.Count == 0
        ? Pop()
        : throw _input.Error($"its end with {_values.Count} values on the stack and {_marks.Count} marks; expected one value");

    // Values before the last mark are out of reach until it is taken away.
    private object? Top() => _values.Count > (_marks.TryPeek(out var start) ? start : 0)
        ? _values[^1]
        : throw _input.Error("a use of a value that is not there");

    private T Is<T>(object? value, string expected) => value is T wanted
        ? wanted
        : throw _input.Error($"{TorchPickle.Describe(value)} where {expected} was expected");
}
