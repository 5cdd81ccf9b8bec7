using System.Diagnostics;
using System.Reflection;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>
/// A tensor that is never disposed may be finalized while native code reads it, which crashes the process. LifetimeProbe runs trainings of
/// every loss, with validation, averages, pool, checkpoints, export and import.
/// </summary>
public sealed class TensorLifetimeTests
{
    private static readonly string Program = typeof(TensorLifetimeTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "LifetimeProbe").Value!;

    [Fact]
    public void Scenarios_Run_CreateTensorsInScopesAndLeaveNoneToTheFinalizer()
    {
        var lines = Run("2");

        Assert.True(lines.Length > 10, string.Join('\n', lines));
        Assert.All(lines, line => Assert.EndsWith(": 0 created outside a scope, 0 finalized", line));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Scenarios_DuringGarbageCollections_DoNotCrash() => Assert.Equal(["10 rounds without a crash"], Run("10", "all", "pressure"));

    private static string[] Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"LifetimeProbe ended with {process.ExitCode} after: {output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
