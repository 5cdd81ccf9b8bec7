using Spectre.Console;

namespace Quickstart;

/// <summary>The last words on the console.</summary>
internal static class Summary
{
    public static void Print(Run run)
    {
        TestRun test = run.Test;
        Table table = new Table().AddColumns("On the test pairs", "Model", "Mean target image");
        table.AddRow("L1 (0 is equal)", $"{test.Scores.L1:0.0000}", $"{test.MeanTargetL1:0.0000}");
        table.AddRow("PSNR (dB)", $"{test.Scores.Psnr:0.00}", "");
        table.AddRow("SSIM (1 is equal)", $"{test.Scores.Ssim:0.000}", "");
        if (test.RedBlueIou is { } iou)
            table.AddRow("IoU of red above blue", $"{iou:0.000}", "");
        AnsiConsole.Write(table);

        Console.WriteLine($"Epochs: {run.Losses.EpochsDone:0.##} in {run.Losses.Elapsed.TotalSeconds:0} s.");
        Console.WriteLine($"Open {Path.GetFullPath(run.Options.File("report.html"))}");
    }
}
