using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>The images of a computed column for the current row. Not thread-safe.</summary>
internal interface IRowImages : IDisposable
{
    /// <summary>Returns a new image, which the caller owns; null if the row has none.</summary>
    MLImage? Current();

    /// <summary>Called when the cursor has moved to its next row, or past the last one.</summary>
    void Moved(bool toRow)
    {
    }
}
