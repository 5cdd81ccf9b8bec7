using System.Diagnostics;
using System.Reflection;

namespace Pix2Pix.Samples.Tests;

/// <summary>A run of a sample in a separate process.</summary>
internal sealed record Sample(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15); // for hanging tests; machines may be slow

    /// <summary>The built program, or the file, of a sample.</summary>
    public static string PathOf(string name) => typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name).Value!;

    /// <summary>Runs <c>dotnet ARGUMENTS</c> in a folder that is also used for temporary files.</summary>
    public static Sample Run(string folder, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, arguments);
        return Wait(process);
    }

    /// <summary>Starts <c>dotnet ARGUMENTS</c>; see <see cref="Run"/>.</summary>
    public static Process Start(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = folder;
        return Process.Start(start)!;
    }

    /// <summary>Returns the output of the process after it ends.</summary>
    public static Sample Wait(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end within {Longest}.");
        }

        return new Sample(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Fails with the output of the process if its exit code is not 0.</summary>
    public Sample Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}. Errors:\n{Errors}\nOutput:\n{Output}");
        return this;
    }
}
