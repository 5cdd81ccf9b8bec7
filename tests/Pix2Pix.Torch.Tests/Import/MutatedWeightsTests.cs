using System.Diagnostics;
using System.IO.Compression;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Tests.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Randomly changed files: each either loads or is rejected with an error that names it.</summary>
[Collection(TorchCollection.Name)]
public sealed class MutatedWeightsTests : IDisposable
{
    /// <summary>The number of mutations of each file. 10,000 of each were tested once: docs/import.md.</summary>
    private const int Mutations = 100;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("unet_none", false)]
    [InlineData("resnet_batch", false)]
    [InlineData("unet_instance", false)]
    [InlineData("resnet_legacy", false)]
    [InlineData("unet_none", true)]
    public void Load_Mutations_LoadOrAreRejected(string name, bool asSafeTensors)
    {
        var path = new ImportCase(name).Path;
        if (asSafeTensors)
        {
            using var scope = NewDisposeScope();
            StateFile.Write(_folder.File("safe"), StateFile.Read(path));
            path = _folder.File("safe");
        }

        var original = File.ReadAllBytes(path);
        AssertNamed(seed => File.WriteAllBytes(_folder.File("x"), Mutation.Of(original, new Random(seed))));
    }

    /// <summary>Changes only the pickle and updates the checksums, which would otherwise hide the change.</summary>
    [Theory]
    [InlineData("unet_none")]
    [InlineData("resnet_batch")]
    public void Load_MutatedPickles_LoadOrAreRejected(string name)
    {
        using var original = ZipFile.OpenRead(new ImportCase(name).Path);
        AssertNamed(seed =>
        {
            using var zip = new ZipArchive(File.Create(_folder.File("x")), ZipArchiveMode.Create);
            foreach (var entry in original.Entries)
            {
                var bytes = new byte[entry.Length];
                using (var stream = entry.Open())
                    stream.ReadExactly(bytes);
                if (entry.Name == "data.pkl")
                    bytes = Mutation.Of(bytes, new Random(seed));
                using var copy = zip.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                copy.Write(bytes);
            }
        });
    }

    private void AssertNamed(Action<int> write)
    {
        var (loaded, time) = (0, Stopwatch.StartNew());
        for (var seed = 0; seed < Mutations; seed++)
        {
            write(seed);
            try
            {
                PretrainedGenerator.Load(_folder.File("x")).Dispose();
                loaded++;
            }
            catch (WeightImportException e)
            {
                Assert.StartsWith($"'{_folder.File("x")}' cannot be imported. ", e.Message);
                Assert.InRange(e.Message.Length, 40, 1 << 20);
            }
        }

        Assert.InRange(loaded, 0, Mutations - 1);
        Assert.InRange(time.Elapsed.TotalSeconds, 0, Mutations);
    }
}
