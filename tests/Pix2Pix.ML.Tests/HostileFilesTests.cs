using System.Diagnostics;
using System.Reflection;

namespace Pix2Pix.ML.Tests;

/// <summary>Damaged files of every kind, read in a separate process. See docs/images.md for the figures of a longer run.</summary>
public sealed class HostileFilesTests
{
    private static readonly string Program = typeof(HostileFilesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "HostileFiles").Value!;

    [Fact]
    [Trait("Category", "Slow")]
    public void Read_TwoThousandDamagedFiles_LoadOrAreRejectedByName()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "2000"]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, output);
    }
}
