using System.Globalization;

namespace OptionScores;

/// <summary>A Markdown table in a file, written row by row.</summary>
internal sealed class ScoreTable
{
    private const string Head =
        "| Variant | Seed | Input | Size / filters / batch / epochs | L1 | PSNR | SSIM | IoU | Seconds |\n|---|---|---|---|---|---|---|---|---|\n";

    private readonly string _path;

    public ScoreTable(string path)
    {
        _path = path;
        if (!File.Exists(path))
            File.WriteAllText(path, Head);
    }

    public void Add(string name, int seed, Settings s, Trial trial)
    {
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {seed} | {s.Input} | {s.Size} / {s.Filters} / {s.Batch} / {s.Epochs} | {trial.Scores.L1:0.0000} | "
                + $"{trial.Scores.Psnr:0.00} | {trial.Scores.Ssim:0.000} | {trial.RedBlueIou:0.000} | {trial.Time.TotalSeconds:0} |\n");
        File.AppendAllText(_path, row);
        Console.Write(row);
    }
}
