namespace Pix2Pix.ML.Inference;

/// <summary>Translates an image tile by tile, a row of tiles at a time, and blends them.</summary>
internal sealed class TileTranslator
{
    /// <summary>The maximum number of tiles to measure; the mean over this many changes little with more.</summary>
    private const int MaxMeasured = 64;

    private const int Channels = 4;

    private readonly OnnxGenerator _generator;
    private readonly AbgrImage _image;
    private readonly (int Width, int Height) _tile;
    private readonly TileAxis _across;
    private readonly TileAxis _down;
    private readonly int _batch;
    private readonly byte[] _input;
    private readonly byte[] _output;
    private readonly int _rows; // of the strip
    private readonly float[] _strip; // (rows, image width, ABGR): weighted sums of the current row of tiles

    public TileTranslator(OnnxGenerator generator, AbgrImage image)
    {
        (_generator, _image) = (generator, image);
        _tile = (generator.Shape.Width, generator.Shape.Height);
        _across = new TileAxis(image.Width, _tile.Width, generator.Sizing.TileOverlap);
        _down = new TileAxis(image.Height, _tile.Height, generator.Sizing.TileOverlap);
        _batch = Math.Min(generator.BatchSize, _across.Count);
        _input = new byte[_batch * generator.Shape.ImageLength];
        _output = new byte[_input.Length];
        _rows = Math.Min(_tile.Height, image.Height); // so that the strip has no more values than the image
        _strip = new float[_rows * image.Width * Channels];
    }

    /// <summary>Writes the translation, (height, width, ABGR).</summary>
    public void Translate(Span<byte> abgr)
    {
        var statistics = _generator.StatisticsLength > 0 ? Measure() : null;
        for (var row = 0; row < _down.Count; row++)
        {
            for (var first = 0; first < _across.Count; first += _batch)
                TranslateTiles(row, first, Math.Min(_batch, _across.Count - first), statistics);
            var top = _down.Start(row);
            var done = row + 1 < _down.Count ? _down.Start(row + 1) - top : Math.Min(_rows, _image.Height - top);
            Finish(abgr.Slice(top * _image.Width * Channels, done * _image.Width * Channels));
        }
    }

    // Derives the means and variances of the whole image from evenly spread tiles.
    private float[] Measure()
    {
        var sums = new double[_generator.StatisticsLength]; // of the means, then of the mean squares
        var half = sums.Length / 2;
        var (columns, rows) = Measured(_across.Count, _down.Count);
        for (var i = 0; i < columns * rows; i++)
        {
            Cut(Middle(i % columns, columns, _across.Count), Middle(i / columns, rows, _down.Count), index: 0);
            var moments = _generator.Measure(_input.AsMemory(0, _generator.Shape.ImageLength));
            for (var channel = 0; channel < half; channel++)
            {
                double mean = moments[channel];
                sums[channel] += mean;
                sums[half + channel] += moments[half + channel] + (mean * mean);
            }
        }

        var statistics = new float[sums.Length];
        for (var channel = 0; channel < half; channel++)
        {
            var mean = sums[channel] / (columns * rows);
            statistics[channel] = (float)mean;
            statistics[half + channel] = (float)Math.Max(0, (sums[half + channel] / (columns * rows)) - (mean * mean));
        }

        return statistics;
    }

    /// <summary>The number of columns and rows of tiles to measure, at about the image's aspect ratio.</summary>
    internal static (int Columns, int Rows) Measured(int across, int down)
    {
        var columns = (int)Math.Round(Math.Sqrt((double)MaxMeasured * across / down));
        columns = Math.Clamp(columns, Math.Min(across, 2), Math.Min(across, MaxMeasured / Math.Min(down, 2)));
        var rows = Math.Min(down, MaxMeasured / columns);
        return (Math.Min(across, MaxMeasured / rows), rows);
    }

    /// <summary>The middle tile of one of several equal parts of a row or column of tiles.</summary>
    internal static int Middle(int part, int parts, int tiles) => (int)(((2L * part) + 1) * tiles / (2L * parts));

    private void TranslateTiles(int row, int first, int count, float[]? statistics)
    {
        for (var i = 0; i < count; i++)
            Cut(first + i, row, i);
        _generator.Translate(_input, _output, count, statistics);
        for (var i = 0; i < count; i++)
            Blend(first + i, row, i);
    }

    private void Cut(int column, int row, int index)
        => _image.Cut(_across.Start(column), _down.Start(row), _tile.Width, _tile.Height, Bytes(_input, index));

    private void Blend(int column, int row, int index)
    {
        var left = _across.Start(column);
        var width = Math.Min(_tile.Width, _image.Width - left);
        var across = _across.Weights(column);
        var down = _down.Weights(row);
        var tile = Bytes(_output, index);
        for (var y = 0; y < _rows; y++)
        {
            var from = tile.Slice(y * _tile.Width * Channels, width * Channels);
            var to = _strip.AsSpan(((y * _image.Width) + left) * Channels, width * Channels);
            for (var x = 0; x < width; x++)
            {
                var weight = across[x] * down[y];
                for (var channel = x * Channels; channel < (x + 1) * Channels; channel++)
                    to[channel] += weight * from[channel];
            }
        }
    }

    // Rounds the rows that no other tile overlaps, and moves up those that the next row of tiles overlaps.
    private void Finish(Span<byte> abgr)
    {
        for (var i = 0; i < abgr.Length; i++)
            abgr[i] = (byte)(_strip[i] + 0.5f);
        _strip.AsSpan(abgr.Length).CopyTo(_strip);
        _strip.AsSpan(_strip.Length - abgr.Length).Clear();
    }

    private Span<byte> Bytes(byte[] images, int index) => images.AsSpan(index * _generator.Shape.ImageLength, _generator.Shape.ImageLength);
}

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
