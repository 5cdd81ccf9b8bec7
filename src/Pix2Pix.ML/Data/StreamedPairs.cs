using System.Collections.Concurrent;
using Microsoft.ML;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs that do not fit in memory: each pass opens a cursor and decodes them again.</summary>
/// <param name="view">The rows.</param>
/// <param name="columns">The columns that contain the pairs.</param>
/// <param name="role">Defines which rows are used.</param>
/// <param name="preparation">Prepares each pair.</param>
/// <param name="index">The index from the first pass.</param>
internal sealed class StreamedPairs(
    IDataView view, PairColumns columns, DatasetRole role, PairPreparation preparation, DatasetIndex index) : IPairSource
{
    private readonly PixelPool _pool = new();

    public int Count => index.Count;

    /// <summary>The fingerprint, equal to that of the same pairs in memory.</summary>
    public string Fingerprint => index.Fingerprint;

    /// <exception cref="PairDataException">A row has changed since the first pass.</exception>
    public IEnumerable<ImagePair> Read(CancellationToken cancel)
        => SecondPass.Read(view, columns, role, index, preparation.Prepare, _ => true, cancel).Select(_pool.Keep);

    public void Return(ImagePair pair) => _pool.Return(pair);
}

/// <summary>A pass over rows that a first pass has counted and checked; the rows must be unchanged.</summary>
internal static class SecondPass
{
    /// <summary>Returns the pairs of the requested rows; the images of other rows are not read.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="columns">The columns that contain the pairs.</param>
    /// <param name="role">Defines which rows were counted, and the error message if they have changed.</param>
    /// <param name="index">The index from the first pass.</param>
    /// <param name="prepare">Makes a pair of two images and their name.</param>
    /// <param name="isRequested">Whether the row at a position among the counted rows is requested.</param>
    /// <param name="cancel">Cancels the pass.</param>
    /// <exception cref="PairDataException">A row has changed since the first pass.</exception>
    public static IEnumerable<ImagePair> Read(
        IDataView view,
        PairColumns columns,
        DatasetRole role,
        DatasetIndex index,
        Func<PixelImage, PixelImage, string?, ImagePair> prepare,
        Func<int, bool> isRequested,
        CancellationToken cancel)
    {
        using var rows = new PairCursor(view, columns, role);
        var read = 0;
        for (; rows.MoveNext(); read++)
        {
            cancel.ThrowIfCancellationRequested();
            if (read == index.Count)
                throw Changed($"{rows.Name}: the first pass had only {Pluralize.Of(index.Count, "row")}.");
            if (!isRequested(read))
                continue;
            var pair = rows.Read(prepare, out var problem) ?? throw Changed($"{rows.Name}: {problem}");
            if (!index.Matches(read, pair))
                throw Changed($"{rows.Name}: its images differ from those of the first pass.");
            yield return pair;
        }

        if (read < index.Count)
            throw Changed($"{role.Row} {rows.Row + 1}: the row is missing; the first pass had {Pluralize.Of(index.Count, "row")}.");

        PairDataException Changed(string problem) => new(role.Changed, [problem]);
    }
}

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
    public bool Matches(int index, ImagePair pair) => _checksums[index] == PairChecksum.Of(pair);

    private static long Area((int Width, int Height) size) => (long)size.Width * size.Height;

    private static string Text((int Width, int Height) size) => $"{size.Width}x{size.Height}";
}

/// <summary>
/// Reuses the memory of images. Images in a shuffle window live long enough to be promoted to an old garbage collection generation, which
/// is rarely collected, so new memory for each image would leave as much garbage as the window contains. Thread-safe.
/// </summary>
internal sealed class PixelPool
{
    private readonly ConcurrentDictionary<int, ConcurrentStack<byte[]>> _free = new();

    /// <summary>Copies the pair into memory of the pool.</summary>
    public ImagePair Keep(ImagePair pair) => pair with { Input = Keep(pair.Input), Target = Keep(pair.Target) };

    /// <summary>Returns the memory of a kept pair to the pool; its images must no longer be used.</summary>
    public void Return(ImagePair pair)
    {
        Return(pair.Input);
        Return(pair.Target);
    }

    private PixelImage Keep(PixelImage image)
    {
        if (!Free(image.Pixels.Length).TryPop(out var pixels))
            pixels = GC.AllocateUninitializedArray<byte>(image.Pixels.Length);
        image.Pixels.CopyTo(pixels, 0);
        return new PixelImage(image.Width, image.Height, pixels, image.Channels);
    }

    private void Return(PixelImage image) => Free(image.Pixels.Length).Push(image.Pixels);

    private ConcurrentStack<byte[]> Free(int length) => _free.GetOrAdd(length, _ => new());
}
