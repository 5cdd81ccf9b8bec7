using Pix2Pix.Imaging;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class PairChecksumTests
{
    private static readonly ImagePair[] Pairs =
        [.. Enumerable.Range(0, 20).Select(i => new ImagePair(TestImages.Random(5, 3, seed: i), TestImages.Random(5, 3, seed: 100 + i)))];

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(19)]
    public void Fingerprint_OneByteOfAnyPairIsAnother_IsAnother(int row)
    {
        ImagePair[] others = [.. Pairs];
        var target = others[row].Target;
        others[row] = others[row] with { Target = new PixelImage(5, 3, [.. target.Pixels], target.Channels) };
        Assert.Equal(Fingerprint(Pairs), Fingerprint(others));

        others[row].Target.Pixels[^1] ^= 1;

        Assert.NotEqual(Fingerprint(Pairs), Fingerprint(others));
    }

    [Fact]
    public void Fingerprint_OtherOrder_IsAnother()
        => Assert.NotEqual(Fingerprint(Pairs), Fingerprint([.. Pairs.Reverse()]));

    [Fact]
    public void Fingerprint_SourceHasOne_ReadsNoPair()
        => Assert.Equal("mine", PairsFingerprint.Of(new Known(), CancellationToken.None));

    // CRC-32C bit by bit, of little-endian sizes and of pixels; it begins with 0 and is not inverted at the end.
    [Fact]
    public void Of_Pair_IsTheSameOnEachPlatform()
        => Assert.Equal(
            PairChecksum.Of(new(TestImages.Constant(3, 3, 7), TestImages.Constant(3, 3, 9))),
            Bitwise([.. Image(7), .. Image(9)]));

    private static byte[] Image(byte level) => [3, 0, 0, 0, 3, 0, 0, 0, .. Enumerable.Repeat(level, 27)];

    private static uint Bitwise(byte[] bytes)
    {
        var sum = 0u;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0x82F63B78);
        }

        return sum;
    }

    private static string Fingerprint(ImagePair[] pairs) => PairsFingerprint.Of(new Source(pairs), CancellationToken.None);

    private sealed class Source(ImagePair[] pairs) : IPairSource
    {
        public int Count => pairs.Length;

        public IEnumerable<ImagePair> Read(CancellationToken cancel) => pairs;
    }

    private sealed class Known : IPairSource
    {
        public int Count => 1;

        public string Fingerprint => "mine";

        public IEnumerable<ImagePair> Read(CancellationToken cancel) => throw new InvalidOperationException();
    }
}
