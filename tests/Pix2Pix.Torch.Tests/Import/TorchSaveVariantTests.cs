using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Import.Pickle;
using Pix2Pix.Torch.Tests.Checkpoints;
using static Pix2Pix.Torch.Tests.Import.PickleBytes;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Options of torch.save, and files in place of what it writes.</summary>
[Collection(TorchCollection.Name)]
public sealed class TorchSaveVariantTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    private string Path => _folder.File("net.pth");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("protocol4")]
    [InlineData("protocol5")]
    [InlineData("protocol4_legacy")]
    [InlineData("protocol5_legacy")]
    [InlineData("no_checksums")]
    public void Load_FileOfPyTorch_HasTheWeightsOfTheDefault(string variant)
    {
        var (expected, found) = (StateFile.Read(Variant("protocol2")), StateFile.Read(Variant(variant)));

        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(expected.Keys, name => Assert.True(expected[name].eq(found[name]).all().to(ScalarType.Float32).Value() == 1, name));
        using var generator = PretrainedGenerator.Load(Variant(variant));
        Assert.Equal((GeneratorKind.ResNet, 1), (generator.Options.Kind, generator.Options.ResidualBlocks));
    }

    /// <summary>Protocol 3 adds instructions for bytes only, so that a state dict's pickle differs in its first instruction alone.</summary>
    [Fact]
    public void Read_Protocol3_IsRead()
    {
        byte[] pickle = [0x80, 3, .. Pickle(Dictionary(("a", Int(1))))[2..]];
        Assert.Equal([("a", 1L)], Assert.IsType<PickleDictionary>(new PickleReader(pickle).Read()).Items);
    }

    [Theory]
    [InlineData("no_checksums")]
    [InlineData("protocol2")]
    public void Load_OneChecksumIsZeroOrWrong_IsRefused(string variant)
    {
        var bytes = File.ReadAllBytes(Variant(variant));
        var refused = 0;
        for (var at = 0; at < bytes.Length - 4; at++)
        {
            if (!bytes.AsSpan(at).StartsWith("PK\u0001\u0002"u8))
                continue;
            var altered = (byte[])bytes.Clone();
            if (variant == "protocol2")
                altered.AsSpan(at + 16, 4).Clear();
            else
                altered[at + 16] = 1;
            File.WriteAllBytes(Path, altered);
            refused += Record.Exception(() => PretrainedGenerator.Load(Path).Dispose()) is WeightImportException ? 1 : 0;
        }

        Assert.InRange(refused, 5, 100); // the pickle, the byte order and the storages; the other entries are not read
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 4, 0x95, 100, 0, 0, 0, 0, 0, 0, 0, (byte)'N', (byte)'.' }, "it contains a frame of 100 bytes; expected at most 2")]
    [InlineData(new byte[] { 0x80, 4, 0x95, 255, 255, 255, 255, 255, 255, 255, 255, (byte)'.' }, "it contains a frame of 18446744073709551615 bytes; expected at most 1")]
    [InlineData(new byte[] { 0x80, 4, 0x8D, 255, 255, 255, 255, 255, 255, 255, 255, (byte)'.' }, "it contains text of 18446744073709551615 bytes; expected at most 1024")]
    [InlineData(new byte[] { 0x80, 4, 0x8C, 5, (byte)'a', (byte)'.' }, "it ends after 6 bytes, but the next value needs 5 more")]
    [InlineData(new byte[] { 0x80, 4, 0x94, (byte)'.' }, "it refers to a value that does not exist")]
    [InlineData(new byte[] { 0x80, 4, (byte)'N', (byte)'N', 0x93, (byte)'.' }, "it contains None; expected a name")]
    [InlineData(new byte[] { 0x80, 4, 0x8C, 2, (byte)'o', (byte)'s', 0x8C, 6, (byte)'s', (byte)'y', (byte)'s', (byte)'t', (byte)'e', (byte)'m', 0x93, (byte)'.' }, "it refers to 'os.system', which a state dict does not need")]
    [InlineData(new byte[] { 0x80, 4, 0x8F, (byte)'.' }, "instruction 0x8F, which a state dict does not need")] // EMPTY_SET
    [InlineData(new byte[] { 0x80, 4, 0x92, (byte)'.' }, "instruction 0x92, which a state dict does not need")] // NEWOBJ_EX
    [InlineData(new byte[] { 0x80, 5, 0x96, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'.' }, "instruction 0x96, which a state dict does not need")] // BYTEARRAY8
    [InlineData(new byte[] { 0x80, 6, (byte)'N', (byte)'.' }, "not a pickle of protocol 2 to 5, as torch.save writes")]
    public void Read_HostilePickleOfProtocol4_SaysWhatIsWrong(byte[] pickle, string error)
        => Assert.Contains(error, Assert.Throws<InvalidDataException>(() => new PickleReader(pickle).Read()).Message);

    [Theory]
    [InlineData("net.pth")]
    [InlineData("net.safetensors")]
    public void Load_GitLfsPointer_SaysWhatItIsAndWhatToDo(string name)
    {
        File.WriteAllText(
            _folder.File(name), $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 217705339\n");
        var error = Assert.Throws<WeightImportException>(() => PretrainedGenerator.Load(_folder.File(name)));
        Assert.Equal(
            $"'{_folder.File(name)}' cannot be imported. It is a Git LFS pointer instead of the file; download the file with 'git lfs pull'.",
            error.Message);
    }

    [Theory]
    [InlineData(ScalarType.Float32, double.NaN)]
    [InlineData(ScalarType.Float16, double.PositiveInfinity)]
    [InlineData(ScalarType.BFloat16, double.NegativeInfinity)]
    [InlineData(ScalarType.Float64, 1e300)]
    public void Load_ValueThatIsNotFinite_NamesFileAndTensor(ScalarType type, double value)
    {
        var state = StateFile.Read(Variant("protocol2"));
        state["model.1.weight"] = state["model.1.weight"].to(type);
        using (var first = state["model.1.weight"].view(-1).narrow(0, 3, 1))
            first.fill_(value);
        StateFile.Write(Path, state.OrderByDescending(p => p.Value.element_size()).ToDictionary());

        var error = Assert.Throws<WeightImportException>(() => PretrainedGenerator.Load(Path));

        Assert.Equal(
            $"'{Path}' cannot be imported. These tensors contain NaN, or values that are infinite in 32 bits: 'model.1.weight'. The training " +
            "of the network probably diverged; use an earlier checkpoint.",
            error.Message);
    }

    [Theory]
    [InlineData("", "path is empty; expected the path of a weight file. (Parameter 'path')")]
    [InlineData("a\0b", "path contains a null character; expected the path of a weight file. (Parameter 'path')")]
    public void Load_NoPath_SaysSo(string path, string error)
        => Assert.Equal(error, Assert.Throws<ArgumentException>(() => PretrainedGenerator.Load(path)).Message);

    private static string Variant(string name) => ReferenceFile.Path($"variant_{name}.pth");
}
