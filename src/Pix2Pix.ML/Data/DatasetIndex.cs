using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>Records the size and a checksum of each pair in the first pass, so that later passes can detect changes.</summary>
internal sealed class DatasetIndex
{
    private readonly int _window;
    private readonly List<uint> _checksums = [];
    private readonly PriorityQueue<long, long> _largest = new(); // the largest pairs, up to the window size; smallest first

    private (int Width, int Height) _smallestSize;
    private (int Width, int Height) _largestSize;

    /// <param name="window">The number of pairs in the shuffle window.</param>
    public DatasetIndex(int window) => _window = window;

    /// <summary>The number of pairs.</summary>
    public int Count => _checksums.Count;

    /// <summary>The total size of all pairs in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The maximum number of bytes that the shuffle window can contain.</summary>
    public long WindowBytes { get; private set; }

    /// <summary>The fingerprint of the pairs, in order.</summary>
    public string Fingerprint => PairChecksum.Join(_checksums);

    /// <summary>The image size, or the smallest and largest sizes by area: "36x36 to 90x40".</summary>
    public string Sizes => _smallestSize == _largestSize ? Text(_smallestSize) : $"{Text(_smallestSize)} to {Text(_largestSize)}";

    public void Add(ImagePair pair)
    {
        var size = (pair.Input.Width, pair.Input.Height);
        if (Count == 0 || Area(size) < Area(_smallestSize))
            _smallestSize = size;
        if (Count == 0 || Area(size) > Area(_largestSize))
            _largestSize = size;
        var bytes = (long)pair.Input.Pixels.Length + pair.Target.Pixels.Length;
        _checksums.Add(PairChecksum.Of(pair));
        Bytes += bytes;
        WindowBytes += bytes;
        _largest.Enqueue(bytes, bytes);
        if (_largest.Count > _window)
            WindowBytes -= _largest.Dequeue();
    }

    /// <summary>
    /// Whether the pair at this position is unchanged since the first pass. The probability of a false positive is one in four billion.
    /// </summary>
    public bool Knows(int index, ImagePair pair) => _checksums[index] == PairChecksum.Of(pair);

    private static long Area((int Width, int Height) size) => (long)size.Width * size.Height;

    private static string Text((int Width, int Height) size) => $"{size.Width}x{size.Height}";
}
