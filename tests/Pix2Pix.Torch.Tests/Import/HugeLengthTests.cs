using System.Buffers.Binary;
using System.Text;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Tests.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Lengths near 2^31 and 2^63 at any place of a file: nothing of that size is allocated.</summary>
[Collection(TorchCollection.Name)]
public sealed class HugeLengthTests : IDisposable
{
    private static readonly uint[] Lengths = [0x7FFFFFC7, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("x");

    public void Dispose() => _folder.Dispose();

    /// <summary>In the first kilobytes and the directory at the end; between them are the weights.</summary>
    [Theory]
    [InlineData("no_checksums")]
    [InlineData("protocol4_legacy")]
    public void Load_HugeNumberAtAnyByte_IsRefusedOrLoads(string variant)
    {
        var original = File.ReadAllBytes(ReferenceFile.Path($"variant_{variant}.pth"));
        for (var at = 0; at < original.Length - 4; at++)
        {
            var altered = (byte[])original.Clone();
            BinaryPrimitives.WriteUInt32LittleEndian(altered.AsSpan(at), Lengths[at % Lengths.Length]);
            AssertBounded(altered, $"byte {at}");
            BinaryPrimitives.WriteUInt32LittleEndian(altered.AsSpan(at), Lengths[(at + 1) % Lengths.Length]);
            if (at < original.Length - 8)
                BinaryPrimitives.WriteUInt32LittleEndian(altered.AsSpan(at + 4), at % 2 == 0 ? 0x7FFFFFFF : 0u);
            AssertBounded(altered, $"bytes {at} to {at + 8}");
        }
    }

    [Fact]
    public void Load_HugeNumberInASafeTensorsHeader_IsRefused()
    {
        using (NewDisposeScope())
            StateFile.Write(Path, StateFile.Read(ReferenceFile.Path("variant_protocol2.pth")));
        var original = File.ReadAllBytes(Path);
        var length = (int)BitConverter.ToInt64(original);
        var header = Encoding.UTF8.GetString(original, 8, length);
        for (var at = 0; at < header.Length; at++)
        {
            if (!char.IsDigit(header[at]) || char.IsDigit(header[at - 1]))
                continue;
            foreach (var number in (string[])["2147483591", "2147483647", "2147483648", "4294967295", "9223372036854775807"])
            {
                var altered = Encoding.UTF8.GetBytes($"{header[..at]}{number}{header[at..].TrimStart("0123456789".ToCharArray())}");
                AssertBounded([.. BitConverter.GetBytes((long)altered.Length), .. altered, .. original[(8 + length)..]], $"character {at}");
            }
        }
    }

    private void AssertBounded(byte[] bytes, string place)
    {
        File.WriteAllBytes(Path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Record.Exception(() => PretrainedGenerator.Load(Path).Dispose());
        Assert.True(error is null or WeightImportException, $"{place} gave: {error}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }
}
