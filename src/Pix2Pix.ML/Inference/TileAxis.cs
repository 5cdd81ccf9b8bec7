namespace Pix2Pix.ML.Inference;

/// <summary>The tiles along one axis of an image: their positions and their blending weights.</summary>
internal sealed class TileAxis
{
    private readonly int[] _starts;
    private readonly float[][] _weights;

    /// <param name="length">
    /// The image length along the axis in pixels. An image smaller than a tile has one tile, which extends beyond its end.
    /// </param>
    /// <param name="tile">The tile length in pixels.</param>
    /// <param name="overlap">The minimum overlap with the next tile as a fraction of a tile, at most one half.</param>
    public TileAxis(int length, int tile, double overlap)
    {
        var shared = Math.Max(1, (int)Math.Round(tile * overlap));
        var step = tile - shared;
        var last = Math.Max(0, length - tile);
        var gaps = (last + step - 1) / step;
        // Evenly spaced, so that the last tile needs no special case.
        _starts = [.. Enumerable.Range(0, gaps + 1).Select(i => gaps == 0 ? 0 : (int)((long)last * i / gaps))];
        _weights = [.. _starts.Select((_, i) => Ramps(tile, shared, rises: i > 0, falls: i < gaps))];
        Normalize(Math.Max(length, tile));
    }

    public int Count => _starts.Length;

    /// <summary>The first pixel of a tile.</summary>
    public int Start(int tile) => _starts[tile];

    /// <summary>The weights of a tile's pixels; at each image pixel, the weights of all tiles add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int tile) => _weights[tile];

    // Weights rise to 1 from the tile's edge, where the network has the least context.
    private static float[] Ramps(int tile, int shared, bool rises, bool falls)
    {
        var weights = new float[tile];
        for (var i = 0; i < tile; i++)
        {
            var (before, behind) = (i + 0.5f, tile - i - 0.5f);
            weights[i] = Math.Min(rises ? Math.Min(1, before / shared) : 1, falls ? Math.Min(1, behind / shared) : 1);
        }

        return weights;
    }

    private void Normalize(int length)
    {
        var sums = new float[length];
        for (var tile = 0; tile < Count; tile++)
        {
            for (var i = 0; i < _weights[tile].Length; i++)
                sums[_starts[tile] + i] += _weights[tile][i];
        }

        for (var tile = 0; tile < Count; tile++)
        {
            for (var i = 0; i < _weights[tile].Length; i++)
                _weights[tile][i] /= sums[_starts[tile] + i];
        }
    }
}
