namespace Pix2Pix.ML.Data;

/// <summary>An image column.</summary>
/// <param name="Name">The column name.</param>
/// <param name="File">The index of the file within the row.</param>
/// <param name="Half">The half of the file's image that the column contains; null for the whole image.</param>
internal sealed record ImageColumn(string Name, int File, PairSide? Half)
{
    /// <summary>The width of the column's image.</summary>
    public int Width(CheckedFile file) => Half is null ? file.Width : file.Width / 2;
}
