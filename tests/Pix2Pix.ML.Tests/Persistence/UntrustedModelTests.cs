using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>Archives that were made to exhaust memory, to read other files or to end the process.</summary>
[Collection(SavingCollection.Name)]
public sealed class UntrustedModelTests(TrainedModel model) : IDisposable
{
    private const int Big = 1 << 26;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    private string Zip => Path.Combine(_folder.FullName, "model.zip");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadModel_AnEntryThatExpandsTooMuch_IsRefusedWithoutReadingIt()
    {
        Save();
        Add("Extra/Data", new byte[Big]);

        Assert.StartsWith("The entry 'Extra/Data' has 67,108,864 bytes, stored as ", RefusedCheaply());
    }

    [Fact]
    public void LoadModel_ANetworkThatExpandsTooMuch_IsRefusedWithoutReadingIt()
    {
        Save();
        Rewrite("OnnxModel", _ => [.. BitConverter.GetBytes(Big), .. new byte[Big]]);

        var message = RefusedCheaply();

        Assert.StartsWith("The entry 'TransformerChain/", message);
        Assert.Contains("/OnnxModel' has 67,108,868 bytes, stored as ", message);
        Assert.EndsWith("; expected at most 100 times the stored length.", message);
    }

    [Fact]
    public void LoadModel_ManyEntriesThatExpandALittle_AreRefused()
    {
        Save();
        for (var i = 0; i < 40; i++)
            Add($"Extra/{i}", new byte[1 << 23]);

        Assert.StartsWith("The content of its entries has ", RefusedCheaply());
    }

    [Fact]
    public void LoadModel_TooManyEntries_AreRefused()
    {
        Save();
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Update))
        {
            for (var i = 0; i < 1 << 16; i++)
                zip.CreateEntry($"Extra/{i}");
        }

        Assert.Matches("^It contains 65,5.. entries; expected at most 65,536.$", Refused());
    }

    [Theory]
    [InlineData("../Data", 2)]
    [InlineData("TransformerChain/../../Data", 4)]
    [InlineData("TransformerChain\\..\\Data", 3)]
    [InlineData("/etc/passwd", 3)]
    [InlineData("\\\\server\\Data", 4)]
    [InlineData("C:\\Data", 2)]
    [InlineData("a\0b", 1)]
    [InlineData("a\nb", 1)]
    public void LoadModel_NamesOutsideTheArchive_AreRefused(string name, int parts)
    {
        Save();
        Add(name, [1]);

        Assert.Equal(
            $"It contains the entry '{name}', with a name of {name.Length} characters in {parts} parts; expected a relative name of at most " +
            "1,024 characters in 64 parts, without '..', colons or control characters.",
            Refused());
    }

    [Theory]
    [InlineData(100, 2)]
    [InlineData(5000, 2)]
    [InlineData(5000, 1)]
    public void LoadModel_DeepChainsAndLongNames_AreRefused(int count, int length)
    {
        Save();
        Add(string.Concat(Enumerable.Repeat("a/"[..length], count)) + "Model.key", [1]);

        Assert.StartsWith("It contains the entry 'a", Refused());
        Assert.InRange(Refused().Length, 1, 400);
    }

    [Fact]
    public void LoadModel_AnEntryTwiceWithOtherSeparators_IsRefused()
    {
        Save();
        Add(NetworkEntry().Replace('/', '\\'), [1]);

        Assert.EndsWith("OnnxModel' more than once; expected unique names.", Refused());
    }

    [Theory]
    [InlineData(8, 1, "is encrypted; expected a model without a password.")]
    [InlineData(10, 14, "cannot be opened: ")] // LZMA
    [InlineData(10, 99, "cannot be opened: ")]
    [InlineData(24, 1, "is damaged: ")]
    [InlineData(24, 100, "is damaged: ")]
    [InlineData(16, 5, "is damaged: its checksum does not match.")]
    public void LoadModel_AnotherValueInTheDirectory_IsRefused(int offset, int value, string fault)
    {
        Save();
        Patch("Model.key", offset, value);

        Assert.Contains(fault, Refused());
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void LoadModel_AWrongLengthOfANetwork_IsRefusedWithoutAllocatingIt(int value)
    {
        foreach (var offset in new[] { 20, 24, 42 }) // of the compressed data, of the content, and where it begins
        {
            Save();
            Patch("OnnxModel", offset, value);
            RefusedCheaply();
        }

        Save();
        Rewrite("OnnxModel", bytes => [.. BitConverter.GetBytes(value), .. bytes[sizeof(int)..]]);
        Assert.EndsWith($"bytes of data; its header declares {value}.", Refused());
    }

    [Fact]
    public void LoadModel_AnyDamageToTheDirectory_IsNamedOrHarmless()
    {
        Save();
        var good = File.ReadAllBytes(Zip);
        var start = good.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var random = new Random(4);
        for (var i = 0; i < 200; i++)
        {
            byte[] bad = [.. good];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bad[random.Next(start, bad.Length)] = (byte)(random.Next(2) * 255);
            File.WriteAllBytes(Zip, bad);
            Assert.IsType<InvalidDataException>(Record.Exception(Load) ?? new InvalidDataException());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LoadModel_WeightsInAnotherFile_AreRefused(bool ofAStage)
    {
        Save();
        var tensor = new ProtoMessage().Add(1, 1L).Add(2, 1L).Add(13, StringStringEntryProto.Of("location", "weights.bin")).Add(14, 1L);
        var attribute = new ProtoMessage().Add(1, "value").Add(5, tensor).Add(20, 4L);
        var node = new ProtoMessage().Add(2, "unused").Add(4, "Constant").Add(5, attribute);
        Rewrite("OnnxModel", bytes =>
        {
            // Protocol buffers merge messages, so the node becomes part of the graph.
            using var merged = new MemoryStream();
            merged.Write(bytes.AsSpan(sizeof(int)));
            new ProtoMessage().Add(7, new ProtoMessage().Add(1, node)).WriteTo(merged);
            return [.. BitConverter.GetBytes((int)merged.Length), .. merged.ToArray()];
        });
        if (!ofAStage)
        {
            var bytes = Rewrite("OnnxModel", bytes => bytes);
            Save();
            Add("TransformerChain/Transform_001/OnnxModel", bytes);
        }

        Assert.EndsWith(
            "OnnxModel' cannot be used: The ONNX model stores weights in another file; expected a model that contains all of its weights.",
            Refused());
    }

    [Theory]
    [InlineData(20_000_000, "The JSON of StageColumns has 20,000,000 characters; expected at most 16,777,216.")]
    [InlineData(5_000_000, "The JSON cannot be read as StageColumns: [[[")]
    public void LoadModel_HugeMetadata_IsRefusedBriefly(int length, string fault)
    {
        Save();
        Rewrite(
            "OnnxModel",
            bytes =>
            {
                using var changed = new MemoryStream();
                OnnxMetadata.Write(bytes.AsMemory(sizeof(int)), [new("pix2pix.columns", new string('[', length))], changed);
                return [.. BitConverter.GetBytes((int)changed.Length), .. changed.ToArray()];
            },
            level: CompressionLevel.NoCompression);

        var message = Refused();

        Assert.StartsWith(fault, message);
        Assert.InRange(message.Length, 1, 500);
    }

    [Fact]
    public void LoadModel_MoreThanFitsInMemory_IsLoadedAllTheSame()
    {
        var noise = new byte[Big + 1];
        new Random(1).NextBytes(noise);
        Save();
        Add("Extra/Data", noise);

        Load();
    }

    [Fact]
    public void LoadModel_FoldersAmongTheEntries_AreIgnored()
    {
        Save();
        Add("TransformerChain/", []);

        Load();
    }

    [Fact]
    public void LoadModel_ADamagedLaterStage_LeavesNoTemporaryFiles()
    {
        var rows = TrainedModel.TrainingRows(model.Context);
        var copy = model.Context.Transforms.CopyColumns("Copy", "Name").Fit(rows);
        model.Context.Model.Save(new TransformerChain<ITransformer>(model.Transformer, copy), rows.Schema, Zip);
        Rewrite("Model.key", _ => new byte[300], entry => entry.EndsWith("Transform_001/Model.key", StringComparison.Ordinal));
        var temporary = _folder.CreateSubdirectory("temporary");
        for (var i = 0; i < 20; i++)
            Assert.Throws<InvalidDataException>(() => Load(temporary.FullName));

        Assert.Empty(temporary.GetFileSystemInfos());
    }

    [Fact]
    public void LoadModel_NoTemporaryFolder_UsesAnother()
    {
        Save();
        foreach (var folder in new[] { Path.Combine(_folder.FullName, "gone"), Zip })
            Load(folder);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    public void LoadModel_AFileWithoutContent_SaysWhatHappened(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && kind != "empty", "Windows has no such files.");
        if (kind == "empty")
            File.WriteAllBytes(Zip, []);
        else if (kind == "pipe")
            Process.Start("mkfifo", Zip).WaitForExit();
        else
            File.CreateSymbolicLink(Zip, kind);
        var start = $"'{Zip}' has no content";

        Assert.Equal(
            $"{start}, as after a save that failed for lack of disk space or of a temporary folder; pipes and devices are not supported. " +
            "Save the model again.",
            Assert.Throws<InvalidDataException>(Load).Message);
        var onnx = model.Context.ImageTranslation.ApplyModel("Output", "Input", Zip);
        Assert.Equal(
            $"{start}; expected an ONNX model, not an empty file, a pipe or a device.",
            Assert.Throws<InvalidDataException>(onnx.Open).Message);
    }

    [Theory]
    [InlineData("a\0b", "")]
    [InlineData("none", "")]
    [InlineData(".", " (this is a folder)")]
    [InlineData("cycle", " (its link leads nowhere)")]
    public void LoadModel_NoFile_NamesThePath(string name, string note)
    {
        var path = Path.Combine(_folder.FullName, name);
        if (name == "cycle")
            File.CreateSymbolicLink(path, path);
        var catalog = model.Context.ImageTranslation;

        Assert.Equal(
            $"The file '{path}' does not exist{note}; expected a model saved with mlContext.Model.Save.",
            Assert.Throws<FileNotFoundException>(() => catalog.LoadModel(path, out _)).Message);
        Assert.Equal(
            $"The file '{path}' does not exist{note}; expected an ONNX model.",
            Assert.Throws<FileNotFoundException>(() => catalog.ApplyModel("Output", "Input", path)).Message);
    }

    [Fact]
    public void LoadModel_APointerOfGitLfs_NamesTheRemedy()
    {
        File.WriteAllText(Zip, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");

        Assert.Equal("It is a Git LFS pointer instead of the file; download the file with 'git lfs pull'.", Refused());
    }

    private void Save() => model.Context.Model.Save(model.Transformer, TrainedModel.TrainingRows(model.Context).Schema, Zip);

    private void Load() => Load(Path.GetTempPath());

    private void Load(string temporary)
    {
        using var chain = new MLContext { TempFilePath = temporary }.ImageTranslation.LoadModel(Zip, out _);
        using var image = TestImages.Input(4);
        using var found = chain.OfType<Pix2PixTransformer>().Single().Translate(image);
        using var expected = model.Transformer.Translate(image);
        Assert.Equal(TestImages.Hash(expected), TestImages.Hash(found));
    }

    private string Refused()
    {
        var message = Assert.Throws<InvalidDataException>(Load).Message;
        var start = $"'{Zip}' cannot be read as a saved model with a pix2pix stage: ";
        Assert.StartsWith(start, message);
        return message[start.Length..];
    }

    private string RefusedCheaply()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Refused();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        return message;
    }

    private void Add(string name, byte[] bytes)
    {
        using var zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(bytes);
    }

    private string NetworkEntry()
    {
        using var zip = ZipFile.OpenRead(Zip);
        return zip.Entries.Single(entry => entry.Name == "OnnxModel").FullName;
    }

    private byte[] Rewrite(
        string name,
        Func<byte[], byte[]> change,
        Func<string, bool>? isMeant = null,
        CompressionLevel level = CompressionLevel.Optimal)
    {
        using var zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        var entry = zip.Entries.Last(entry => entry.Name == name && isMeant?.Invoke(entry.FullName) != false);
        using var bytes = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(bytes);
        var path = entry.FullName;
        entry.Delete();
        var changed = change(bytes.ToArray());
        using var rewritten = zip.CreateEntry(path, level).Open();
        rewritten.Write(changed);
        return changed;
    }

    // Writes a value into the central directory's record of an entry.
    private void Patch(string name, int offset, int value)
    {
        var bytes = File.ReadAllBytes(Zip);
        var record = bytes.AsSpan(0, bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(name))).LastIndexOf("PK\u0001\u0002"u8);
        var field = bytes.AsSpan(record + offset);
        if (offset < 16)
            BinaryPrimitives.WriteInt16LittleEndian(field, (short)value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(field, value);
        File.WriteAllBytes(Zip, bytes);
    }
}
