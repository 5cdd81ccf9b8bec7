using System.Diagnostics;
using System.Globalization;

namespace TranslationSpeed;

/// <summary>Several sides that take turns in one process, so that other load on the machine affects all of them.</summary>
internal sealed class Turns
{
    private readonly List<(string Name, Action<int> Translate, List<double> Milliseconds)> _sides = [];

    /// <summary>Adds a side.</summary>
    /// <param name="name">The name of the side.</param>
    /// <param name="translate">Translates a number of images.</param>
    public void Add(string name, Action<int> translate) => _sides.Add((name, translate, []));

    /// <summary>Runs the turns, and prints the median time per image of each side and its ratio to the first.</summary>
    public void Run(int images, int chunk)
    {
        foreach (var (_, translate, _) in _sides)
            translate(1); // warm-up: kernels are chosen, memory is allocated
        int turn = 0;
        for (int done = 1; done + chunk <= images; done += chunk, turn++)
        {
            for (int i = 0; i < _sides.Count; i++)
            {
                var (_, translate, milliseconds) = _sides[(turn + i) % _sides.Count]; // rotates the order, so that no side always follows the same one
                Stopwatch watch = Stopwatch.StartNew();
                translate(chunk);
                milliseconds.Add(watch.Elapsed.TotalMilliseconds / chunk);
            }
        }

        Console.WriteLine("| Side | Median ms per image | Quartiles | Ratio to the first |\n|---|---|---|---|");
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
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median of the ratios per turn {ratio:0.000}"));
        }
    }
}
