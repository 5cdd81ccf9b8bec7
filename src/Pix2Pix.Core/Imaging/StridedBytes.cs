using System.Runtime.Intrinsics;

namespace Pix2Pix.Imaging;

/// <summary>Gathers every n-th byte of a buffer, sixteen at a time.</summary>
internal static class StridedBytes
{
    private const int MaxStride = 4; // the channels of an image
    private const int Lanes = 16;
    private const byte None = 255; // out of range: a shuffle returns zero there

    private static readonly Vector128<byte> Backwards = Vector128.Create((byte[])[15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);

    /// <summary>For each stride and each of that many vectors, the positions of the bytes to select.</summary>
    private static readonly Vector128<byte>[][] Places =
        [.. Enumerable.Range(0, MaxStride + 1).Select(stride => Enumerable.Range(0, stride).Select(vector => PlacesIn(vector, stride)).ToArray())];

    /// <summary>Sets values[i] = source[at + i * step].</summary>
    /// <param name="source">The buffer to read; contains all of the bytes.</param>
    /// <param name="at">The position of the first byte.</param>
    /// <param name="step">The distance between two bytes; negative to read backward.</param>
    /// <param name="values">The result; its length is the number of bytes to read.</param>
    public static void Gather(ReadOnlySpan<byte> source, int at, int step, Span<byte> values)
    {
        var (done, stride) = (0, Math.Abs(step));
        if (stride <= MaxStride)
        {
            for (; done <= values.Length - Lanes; done += Lanes, at += Lanes * step)
            {
                var lowest = step > 0 ? at : at + ((Lanes - 1) * step);
                if (lowest + (Lanes * stride) > source.Length)
                    break; // the last pixels: the vectors would extend past the end
                var lanes = Gather(source.Slice(lowest, Lanes * stride), Places[stride]);
                (step > 0 ? lanes : Vector128.Shuffle(lanes, Backwards)).CopyTo(values[done..]);
            }
        }

        for (; done < values.Length; done++, at += step)
            values[done] = source[at];
    }

    private static Vector128<byte> Gather(ReadOnlySpan<byte> source, Vector128<byte>[] places)
    {
        var lanes = Vector128<byte>.Zero;
        for (var vector = 0; vector < places.Length; vector++)
            lanes |= Vector128.Shuffle(Vector128.Create(source.Slice(vector * Lanes, Lanes)), places[vector]);
        return lanes;
    }

    private static Vector128<byte> PlacesIn(int vector, int stride)
    {
        var places = new byte[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            places[lane] = (lane * stride / Lanes) == vector ? (byte)(lane * stride % Lanes) : None;
        return Vector128.Create(places);
    }
}
