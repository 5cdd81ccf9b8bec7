using System.Diagnostics;
using System.Globalization;

namespace TranslationSpeed;

/// <summary>Several sides that take turns in one process, so that what else the machine does meets all of them.</summary>
internal sealed class Turns
{
    private readonly List<(string Name, Action<int> Translate, List<double> Milliseconds)> _sides = [];

    /// <summary>Adds a side.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="translate">Translates so many of the next images.</param>
    public void Add(string name, Action<int> translate) => _sides.Add((name, translate, []));

    /// <summary>Takes turns, and writes the median time of an image for each side, and its ratio to the first.</summary>
    public void Run(int images, int chunk)
    {
        foreach (var (_, translate, _) in _sides)
            translate(1); // kernels are chosen, memory is taken
        int turn = 0;
        for (int done = 1; done + chunk <= images; done += chunk, turn++)
        {
            for (int i = 0; i < _sides.Count; i++)
            {
                var (_, translate, milliseconds) = _sides[(turn + i) % _sides.Count]; // nobody is always behind the same one
                Stopwatch watch = Stopwatch.StartNew();
                translate(chunk);
                milliseconds.Add(watch.Elapsed.TotalMilliseconds / chunk);
            }
        }

        Console.WriteLine("| Side | Median ms an image | Quartiles | To the first |\n|---|---|---|---|");
        double first = Quantile.Of(_sides[0].Milliseconds, 0.5);
        foreach (var (name, _, milliseconds) in _sides)
        {
            double median = Quantile.Of(milliseconds, 0.5);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {median:0.00} | {Quantile.Of(milliseconds, 0.25):0.00} to {Quantile.Of(milliseconds, 0.75):0.00} | {median / first:0.000} |"));
        }

        foreach (var (name, _, milliseconds) in _sides.Skip(1))
        {
            double ratio = Quantile.Of([.. milliseconds.Zip(_sides[0].Milliseconds, (one, other) => one / other)], 0.5);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median of the ratios turn by turn {ratio:0.000}"));
        }
    }
}
