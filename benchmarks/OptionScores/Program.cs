using System.CommandLine;
using OptionScores;
using Pix2Pix;

// Measures the effect of each option on the scores: trains the variants in turn on the same pairs, scores each on every tenth file, and
// appends a row to a Markdown table after each, so that an interrupted run keeps its results.
Option<string> data = new("--data") { Description = "Folder of side-by-side images", Required = true };
Option<PairSide> input = new("--input") { Description = "The half to translate", DefaultValueFactory = _ => PairSide.Left };
Option<string[]> names = new("--variants") { Description = "Names of variants; by default, all", AllowMultipleArgumentsPerToken = true };
Option<int[]> seeds = new("--seeds") { DefaultValueFactory = _ => [1], AllowMultipleArgumentsPerToken = true };
Option<int> size = new("--size") { DefaultValueFactory = _ => 128 };
Option<int> filters = new("--filters") { DefaultValueFactory = _ => 32 };
Option<int> batch = new("--batch") { DefaultValueFactory = _ => 4 };
Option<int> epochs = new("--epochs") { DefaultValueFactory = _ => 10 };
Option<string> table = new("--out") { DefaultValueFactory = _ => "option-scores.md" };
RootCommand root = new("Trains variants of the options on a folder of pairs and scores them.")
{
    data, input, names, seeds, size, filters, batch, epochs, table,
};

root.SetAction(parsed =>
{
    Settings settings = new(
        parsed.GetValue(input), parsed.GetValue(size), parsed.GetValue(filters), parsed.GetValue(batch), parsed.GetValue(epochs));
    PairFiles files = PairFiles.Open(parsed.GetValue(data)!);
    string[] asked = parsed.GetValue(names) is { Length: > 0 } some ? some : [.. Variants.All.Keys];
    if (asked.Where(name => !Variants.All.ContainsKey(name)).ToArray() is { Length: > 0 } unknown)
        throw new ArgumentException($"Unknown variants: {string.Join(", ", unknown)}; expected some of {string.Join(", ", Variants.All.Keys)}.");

    ScoreTable results = new(parsed.GetValue(table)!);
    foreach (int seed in parsed.GetValue(seeds)!)
    {
        foreach (string name in asked)
            results.Add(name, seed, settings, Trial.Run(files, settings, Variants.All[name], seed));
    }
});
return root.Parse(args).Invoke();
