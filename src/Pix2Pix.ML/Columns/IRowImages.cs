using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>The images of a computed column, for the row at hand. For one thread.</summary>
internal interface IRowImages : IDisposable
{
    /// <summary>A new image, which belongs to the caller; null where the row has none.</summary>
    MLImage? Current();

    /// <summary>The cursor in step has moved to its next row, or behind the last.</summary>
    void Moved(bool toRow)
    {
    }
}
