using System.Diagnostics;

namespace HostileFiles;

/// <summary>Runs cases of one kind in this process and prints a line for each.</summary>
internal static class Runner
{
    /// <summary>The line that is printed when the originals have been read.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>Prints "OUTCOME TAB MILLISECONDS TAB BYTES TAB TEXT" for each case.</summary>
    public static void Run(string kindName, int firstSeed, int cases, string folder)
    {
        var kind = Kinds.Create(kindName, Directory.CreateDirectory(Path.Combine(folder, $"{kindName}-originals")).FullName);
        var files = Directory.CreateDirectory(Path.Combine(folder, kindName)).FullName;
        // Two hashes of each original, as image files are read in two ways; this also loads all libraries before memory is measured.
        var expected = kind.Originals.Select(original => new[] { 0, 1 }.Select(seed => Read(kind, files, original.Name, original.Content, seed)).ToArray())
            .ToArray();
        Console.WriteLine(Ready);
        for (var seed = firstSeed; seed < firstSeed + cases; seed++)
        {
            var random = new Random(seed);
            var index = random.Next(kind.Originals.Count);
            var (name, content) = kind.Originals[index];
            var mutation = kind.Damage(content, random);
            var before = Memory.Current;
            Memory.ResetPeak();
            var time = Stopwatch.StartNew();
            string outcome;
            var text = string.Empty;
            using (new Timer(_ => Environment.Exit(3), null, 2 * MaxTime, Timeout.InfiniteTimeSpan)) // a hang
            {
                try
                {
                    var isSame = Read(kind, files, name, mutation, seed) == expected[index][seed & 1];
                    outcome = isSame ? Outcomes.Same : kind.IsChecked ? Outcomes.Failed : Outcomes.Other;
                    if (outcome == Outcomes.Failed)
                        text = "it loads with other content than the original";
                }
                catch (Exception e)
                {
                    outcome = kind.IsDocumented(e) ? Outcomes.Rejected : Outcomes.Failed;
                    text = e.ToString();
                }
            }

            Console.WriteLine(
                $"{outcome}\t{time.ElapsedMilliseconds}\t{Math.Max(0, Memory.Peak - before)}\t{text.ReplaceLineEndings(" | ").Replace('\t', ' ')}");
        }
    }

    private static string Read(FileKind kind, string folder, string name, byte[] content, int seed)
    {
        foreach (var file in Directory.GetFiles(folder))
            File.Delete(file);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return kind.Read(path, seed);
    }
}
