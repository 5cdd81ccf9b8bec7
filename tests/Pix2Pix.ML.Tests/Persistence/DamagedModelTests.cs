using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>Saved models that are truncated, changed or of another version: the error names the file and the problem.</summary>
[Collection(SavingCollection.Name)]
public sealed class DamagedModelTests(TrainedModel model) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    private string Zip => Path.Combine(_folder.FullName, "model.zip");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void LoadModel_TruncatedFile_ReportsIt(int length)
    {
        Save();
        File.WriteAllBytes(Zip, File.ReadAllBytes(Zip)[..length]);

        Assert.StartsWith($"'{Zip}' cannot be read as a saved model with a pix2pix stage: ", ErrorMessage());
    }

    [Fact]
    public void LoadModel_AnyDamage_IsNamedOrHarmless()
    {
        Save();
        var good = File.ReadAllBytes(Zip);
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            byte[] bad = [.. good];
            for (var changes = 0; changes < 3; changes++)
                bad[random.Next(bad.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(Zip, bad);
            Assert.IsType<InvalidDataException>(Record.Exception(Load) ?? new InvalidDataException());
        }
    }

    [Theory]
    [InlineData("Model.key")]
    [InlineData("OnnxModel")]
    public void LoadModel_DamageWithinAnEntry_IsNamedOrHarmless(string entry)
    {
        var random = new Random(2);
        for (var i = 0; i < 40; i++)
        {
            Save();
            Rewrite(entry, bytes =>
            {
                bytes[random.Next(Math.Min(bytes.Length, 200))] ^= (byte)random.Next(1, 256);
                return bytes;
            });
            Assert.IsType<InvalidDataException>(Record.Exception(Load) ?? new InvalidDataException());
        }
    }

    [Theory]
    [InlineData("pix2pix.version", "pix2pix.Version", "The ONNX model's metadata has no 'pix2pix.version' entry; expected a model " +
        "exported by Pix2Pix.")]
    [InlineData("pix2pix.generator", "pix2pix.Generator", "The ONNX model's metadata has no 'pix2pix.generator' entry; expected a model " +
        "exported by Pix2Pix.")]
    [InlineData("\"Width\":32", "\"Width\":64", "The ONNX model has no UInt8 tensor 'pix2pix_input_abgr' of shape [N, 32, 64, 4], which " +
        "its metadata describes.")]
    [InlineData("ActivatedTogether", "ActivatedTogethet", "The JSON cannot be read as GeneratorOptions: ")]
    [InlineData("{\"Input\":", "{\"Inpot\":", "The JSON cannot be read as StageColumns: ")]
    public void LoadModel_ChangedMetadata_NamesTheFault(string text, string changed, string fault)
    {
        Save();
        Rewrite("OnnxModel", bytes => Replaced(bytes, text, changed));

        Assert.StartsWith($"'{Zip}' cannot be read as a saved model with a pix2pix stage: {fault}", ErrorMessage());
    }

    [Fact]
    public void LoadModel_SizingThatTheModelCannotHave_IsAFaultOfTheFile()
    {
        var context = new MLContext();
        var options = TrainedModel.Options with
        {
            Generator = new() { Width = 64, Height = 64, Filters = 1 },
            Inference = new() { Dropout = true },
            Training = new() { Epochs = 1, BatchSize = 6 },
        };
        using (var masked = context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(TrainedModel.TrainingRows(context)))
            context.Model.Save(masked, null, Zip);
        Rewrite("OnnxModel", bytes =>
        {
            using var changed = new MemoryStream();
            var sizing = OptionsJson.Write(new SizingOptions { Kind = ImageSizing.OriginalSize }, MLJson.Default.SizingOptions);
            OnnxMetadata.Write(bytes.AsMemory(sizeof(int)), [new(PipelineEntry.Sizing, sizing)], changed);
            return [.. BitConverter.GetBytes((int)changed.Length), .. changed.ToArray()];
        });

        Assert.StartsWith($"'{Zip}' cannot be read as a saved model with a pix2pix stage: Sizing.Kind is OriginalSize, but the model ", ErrorMessage());
    }

    [Fact]
    public void Open_NewerVersion_ReportsIt()
    {
        // The value follows its key, after a tag and a length.
        var bytes = TestModels.Onnx(model.Transformer);
        bytes[bytes.AsSpan().IndexOf("pix2pix.version"u8) + "pix2pix.version".Length + 2] = (byte)'2';

        var error = Assert.Throws<InvalidDataException>(() => new OnnxGenerator(bytes, OpenOptions.Default, new Pix2PixLog(null, "test")));

        Assert.Equal(
            "The ONNX model has version '2' in its metadata; expected '1'. It was written by another version of Pix2Pix. Use that version, " +
            "or export the model again.",
            error.Message);
    }

    [Fact]
    public void LoadModel_AnEntryTwice_ReportsIt()
    {
        Save();
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Update))
        {
            using var bytes = new MemoryStream();
            var entry = zip.Entries.Single(entry => entry.Name == "OnnxModel");
            using (var stream = entry.Open())
                stream.CopyTo(bytes);
            using var again = zip.CreateEntry(entry.FullName).Open();
            again.Write(bytes.ToArray());
        }

        Assert.EndsWith("OnnxModel' more than once; expected unique names.", ErrorMessage());
    }

    [Fact]
    public void LoadModel_AZipOfOtherThings_CopiesNothing()
    {
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
        {
            using var zeros = zip.CreateEntry("photos.bin").Open();
            var block = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
                zeros.Write(block);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("It contains no pix2pix stage", ErrorMessage());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    private static byte[] Replaced(byte[] bytes, string text, string changed)
    {
        var at = bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at > 0 && text.Length == changed.Length);
        Encoding.UTF8.GetBytes(changed).CopyTo(bytes, at);
        return bytes;
    }

    private void Save() => model.Context.Model.Save(model.Transformer, TrainedModel.TrainingRows(model.Context).Schema, Zip);

    private void Load()
    {
        using var chain = new MLContext().ImageTranslation.LoadModel(Zip, out _);
    }

    private string ErrorMessage() => Assert.Throws<InvalidDataException>(Load).Message;

    // Updates the checksum, because this is not a test of .NET's zip reader.
    private void Rewrite(string name, Func<byte[], byte[]> change)
    {
        using var zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        var entry = zip.Entries.Last(entry => entry.Name == name);
        using var bytes = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(bytes);
        var path = entry.FullName;
        entry.Delete();
        using var rewritten = zip.CreateEntry(path).Open();
        rewritten.Write(change(bytes.ToArray()));
    }
}
