using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A chunk of rows that are compared together.</summary>
internal sealed class PairChunk
{
    private const int MostPairs = 32;
    private const long MostBytes = 32 << 20;

    private readonly List<(long Row, ImagePair Pair)> _rows = [];
    private long _bytes;

    /// <summary>RGBA pairs with their row numbers, from 1. The input is the translation.</summary>
    public IReadOnlyList<(long Row, ImagePair Pair)> Rows => _rows;

    public bool IsFull => _rows.Count == MostPairs || _bytes >= MostBytes;

    public void Add(long row, ImagePair pair)
    {
        _rows.Add((row, pair));
        _bytes += pair.Input.Pixels.Length + pair.Target.Pixels.Length;
    }
}
