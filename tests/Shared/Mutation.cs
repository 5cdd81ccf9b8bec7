namespace Pix2Pix.Tests;

/// <summary>Changes a file: bits, bytes or lengths, parts that are removed, duplicated or moved, or a truncated end.</summary>
internal static class Mutation
{
    private static readonly long[] Extremes = [0, 1, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, uint.MaxValue];

    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        var changes = 1 + random.Next(4);
        for (var i = 0; i < changes && bytes.Length > 64; i++)
            bytes = Change(bytes, random);
        return bytes;
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        // Half of all changes are near the ends, where headers and directories are.
        var at = random.Next(4) switch
        {
            0 => random.Next(Math.Min(1024, bytes.Length)),
            1 => bytes.Length - 1 - random.Next(Math.Min(1024, bytes.Length)),
            _ => random.Next(bytes.Length),
        };
        var length = Math.Min(random.Next(1, 64), bytes.Length - at);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            case 3:
                var extreme = BitConverter.GetBytes(Extremes[random.Next(Extremes.Length)]);
                extreme.AsSpan(0, Math.Min(random.Next(2) == 0 ? 4 : 8, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 6:
                var from = random.Next(bytes.Length - length + 1);
                bytes.AsSpan(from, length).ToArray().CopyTo(bytes, at);
                return bytes;
            default:
                return bytes[..at];
        }
    }
}
