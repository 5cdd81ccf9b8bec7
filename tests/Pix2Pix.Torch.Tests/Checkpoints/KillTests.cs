using System.Diagnostics;
using System.Reflection;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Three SIGKILLs during a training; tests/kill-and-resume.sh repeats this twenty times or more.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly string Program = typeof(KillTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "KillProbe").Value!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void Train_KilledThreeTimes_EndsWithTheBitsOfAnUninterruptedTraining()
    {
        var undisturbed = Run("undisturbed", killAfterStep: null);
        var random = new Random(1);

        Assert.All((int[])[2, 5, 8], step => Assert.Null(Run("killed", step, random.Next(30))));
        var resumed = Run("killed", killAfterStep: null);

        Assert.NotNull(undisturbed);
        Assert.Equal(undisturbed, resumed);
    }

    /// <returns>The hash of the trained state; null if the process was killed.</returns>
    private string? Run(string folder, int? killAfterStep, int milliseconds = 0)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, _folder.File(folder), "4", "3"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("hash=", StringComparison.Ordinal))
                return line;
            if (killAfterStep is null || line != $"step={killAfterStep}")
                continue;
            Thread.Sleep(milliseconds); // during the write of this step's checkpoint, or the next step
            process.Kill();
            process.WaitForExit();
            return null;
        }

        throw new InvalidOperationException("The program ended by itself.");
    }
}
