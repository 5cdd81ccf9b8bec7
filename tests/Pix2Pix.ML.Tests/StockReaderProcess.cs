using System.Diagnostics;
using System.Reflection;

namespace Pix2Pix.ML.Tests;

/// <summary>A program that references only stock ML.NET packages, in a separate process.</summary>
internal static class StockReaderProcess
{
    /// <summary>The lines that it prints: one hash for each image.</summary>
    public static string[] Run(string zip, string input, string output, params string[] images)
    {
        var program = typeof(StockReaderProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "StockReader").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, zip, input, output, .. images])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"StockReader failed: {errors.Result}");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
