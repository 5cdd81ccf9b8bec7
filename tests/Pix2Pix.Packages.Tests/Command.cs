using System.Diagnostics;

namespace Pix2Pix.Packages.Tests;

/// <summary>Runs a process in the folder and environment of a user.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20); // For a process that hangs; machines may be slow.

    // Variables that dotnet test sets for its children or that would hide a missing package.
    private static readonly string[] Removed =
        ["MSBUILD", "VSTEST", "DOTNET_HOST_PATH", "DOTNET_CLI_", "NUGET_PACKAGES", "PIX2PIX_LIBTORCH", "GIT_"];

    private static readonly Dictionary<string, string> Set = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1", // These three: no build server keeps running.
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true",
        ["NuGetAudit"] = "false", // Would access the network.
        ["ORT_DISABLE_TELEMETRY"] = "1",
        ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z", // The same commit for the same files.
    };

    /// <summary>Returns the standard output; if the process fails, throws with its complete output.</summary>
    public static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsRemoved).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in Set)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} in '{folder}' ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }

    private static bool IsRemoved(string name)
        => Removed.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
