namespace Pix2Pix.Metrics;

/// <summary>An image as numbers, row by row, with interleaved channels.</summary>
internal interface ISamples
{
    int Width { get; }

    int Height { get; }

    int Channels { get; }

    /// <summary>Copies a row of Channels * Width numbers.</summary>
    void CopyRow(int y, Span<double> row);
}
