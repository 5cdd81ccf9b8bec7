namespace Pix2Pix.ML.Inference;

/// <summary>Tiles along one side of an image: where they begin, and how they fade into one another.</summary>
internal sealed class TileAxis
{
    private readonly int[] _starts;
    private readonly float[][] _weights;

    /// <param name="length">The image's side in pixels. One that is smaller than a tile has one tile, which reaches behind its end.</param>
    /// <param name="tile">The tile's side.</param>
    /// <param name="overlap">The least share of a tile that lies over the next, at most one half.</param>
    public TileAxis(int length, int tile, double overlap)
    {
        var shared = Math.Max(1, (int)Math.Round(tile * overlap));
        var step = tile - shared;
        var last = Math.Max(0, length - tile);
        var gaps = (last + step - 1) / step;
        // Evenly spread, so that the last is no special case.
        _starts = [.. Enumerable.Range(0, gaps + 1).Select(i => gaps == 0 ? 0 : (int)((long)last * i / gaps))];
        _weights = [.. _starts.Select((_, i) => Ramps(tile, shared, rises: i > 0, falls: i < gaps))];
        Normalize(Math.Max(length, tile));
    }

    public int Count => _starts.Length;

    /// <summary>The first pixel of a tile.</summary>
    public int Start(int tile) => _starts[tile];

    /// <summary>The weight of each of a tile's pixels; those of all tiles over a pixel add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int tile) => _weights[tile];

    // Rises from its edge, where a network sees least around a pixel, to 1.
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
