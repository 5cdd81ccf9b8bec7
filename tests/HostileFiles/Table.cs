using System.Diagnostics;
using System.Globalization;

namespace HostileFiles;

/// <summary>The outcome of a case.</summary>
internal static class Outcomes
{
    public const string Same = "same";
    public const string Other = "other";
    public const string Rejected = "rejected";
    public const string Failed = "failed";
}

/// <summary>Counts outcomes and prints failures as they come, progress in between, and a table at the end.</summary>
internal sealed class Table(int total)
{
    private const long MaxBytes = 1 << 30;
    private const int MaxMilliseconds = 10_000;

    private readonly Dictionary<string, Row> _rows = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private TimeSpan _printed;
    private int _done;

    public int Failures { get; private set; }

    /// <summary>Adds a line of <see cref="Runner"/>; false if it is something else, which is ignored.</summary>
    public bool Add(string kind, int seed, string line)
    {
        if (line.Split('\t') is not [var outcome, var milliseconds, var bytes, var text]
            || !long.TryParse(milliseconds, out var time) || !long.TryParse(bytes, out var memory))
        {
            return false;
        }

        var row = Count(kind, outcome);
        row.Slowest = Math.Max(row.Slowest, time);
        row.Memory = Math.Max(row.Memory, memory);
        if (outcome == Outcomes.Failed)
            Fail(kind, seed, text);
        else if (time > MaxMilliseconds)
            Fail(kind, seed, $"it took {time} ms");
        else if (memory > MaxBytes)
            Fail(kind, seed, $"it took {memory:#,0} bytes");
        return true;
    }

    public void AddCrash(string kind, int seed, int exitCode)
    {
        Count(kind, Outcomes.Failed);
        Fail(kind, seed, $"the process ended with exit code {exitCode}");
    }

    public void Print()
    {
        Console.WriteLine("kind                cases    same   other rejected failed  slowest  memory");
        foreach (var (kind, row) in _rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-17} {row.Outcomes.Values.Sum(),7} {row.Of(Outcomes.Same),7} " +
                $"{row.Of(Outcomes.Other),7} {row.Of(Outcomes.Rejected),7} {row.Of(Outcomes.Failed),7} {row.Slowest,5} ms {row.Memory >> 20,4} MB"));
        }

        Console.WriteLine($"{_done} cases in {_time.Elapsed:hh\\:mm\\:ss}, {Failures} failed");
    }

    private Row Count(string kind, string outcome)
    {
        if (!_rows.TryGetValue(kind, out var row))
            _rows.Add(kind, row = new Row());
        row.Outcomes[outcome] = row.Of(outcome) + 1;
        _done++;
        if (_time.Elapsed - _printed > TimeSpan.FromSeconds(30))
        {
            _printed = _time.Elapsed;
            Console.Error.WriteLine($"{_done} of {total} cases, {kind}, {_time.Elapsed:hh\\:mm\\:ss} so far");
        }

        return row;
    }

    private void Fail(string kind, int seed, string text)
    {
        Failures++;
        Console.WriteLine($"FAILED {kind} {seed}: {text}");
    }

    private sealed class Row
    {
        public Dictionary<string, int> Outcomes { get; } = [];

        public long Slowest { get; set; }

        public long Memory { get; set; }

        public int Of(string outcome) => Outcomes.GetValueOrDefault(outcome);
    }
}
