namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>A temporary folder for a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pix2pix").FullName;

    /// <summary>The steps of the checkpoints, newest first.</summary>
    public string[] Checkpoints => [.. Directory.GetFiles(Path, "checkpoint-*.safetensors").Select(System.IO.Path.GetFileName).OrderDescending()!];

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
