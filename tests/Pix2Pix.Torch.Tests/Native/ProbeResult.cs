namespace Pix2Pix.Torch.Tests.Native;

/// <summary>The output of NativeProbe: name=value lines, or an error and exit code 3.</summary>
internal sealed record ProbeResult(int ExitCode, string Output, string Error)
{
    /// <summary>The files of libtorch and TorchSharp that the process had mapped at its end.</summary>
    public IEnumerable<string> Mapped => Values("mapped");

    public string Value(string name) => Values(name).Single();

    private IEnumerable<string> Values(string name) => Output.Split('\n')
        .Where(line => line.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..]);
}
