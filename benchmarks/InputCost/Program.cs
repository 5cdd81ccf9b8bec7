using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DrawnData;
using Pix2Pix.Imaging;

// Measures how long it takes to compute an input from a photograph on one thread. Photographs are drawn, so that no dataset is needed:
// objects on a table, with long outlines, and aerial views, with many short ones. The times do not include decoding files.

Option<int> size = new("--size") { Description = "Width and height of the photographs in pixels.", DefaultValueFactory = _ => 256 };
Option<int> rounds = new("--rounds") { Description = "The number of repetitions for each photograph.", DefaultValueFactory = _ => 20 };

RootCommand command = new("Measures computed inputs.") { size, rounds };
command.SetAction(parsed =>
{
    foreach (DrawnKind kind in (DrawnKind[])[DrawnKind.Edges, DrawnKind.Maps])
    {
        PixelImage[] photos = [.. Enumerable.Range(0, 20).Select(number => Photo(kind, number, parsed.GetValue(size)))];
        string name = kind == DrawnKind.Maps ? "aerial views" : "objects";
        Time($"edges of {name}", photos, parsed.GetValue(rounds), photo => EdgeDrawing.Draw(photo));
        Time($"blocks in {name}", photos, parsed.GetValue(rounds), photo => Blanking.Blank(photo));
        Time($"low resolution of {name}", photos, parsed.GetValue(rounds), photo => LowResolution.Lower(photo));
    }
});
return command.Parse(args).Invoke();

static PixelImage Photo(DrawnKind kind, int number, int size)
{
    var (left, right) = Drawn.Pair(kind, number, size, seed: 1);
    using (left)
    using (right)
    {
        var photo = kind == DrawnKind.Maps ? left : right;
        return new(size, size, [.. photo.Pixels.SelectMany(color => (byte[])[color.Red, color.Green, color.Blue])]);
    }
}

static void Time(string name, PixelImage[] photos, int rounds, Action<PixelImage> draw)
{
    List<double> times = [];
    for (int round = 0; round <= rounds; round++)
    {
        foreach (PixelImage photo in photos)
        {
            long start = Stopwatch.GetTimestamp();
            draw(photo);
            if (round > 0) // the first round is a warm-up
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    times.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-26} {times[times.Count / 2],6:0.00} ms (median), {times[times.Count / 20]:0.00} to {times[times.Count * 19 / 20]:0.00} in 90 %"));
}
