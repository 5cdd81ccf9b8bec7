namespace Pix2Pix.ML.Data;

/// <summary>A column of images.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Which of the row's files it is of.</param>
/// <param name="Half">The half of the file's image that it shows; null where it shows all of it.</param>
internal sealed record ImageColumn(string Name, int File, PairSide? Half)
{
    /// <summary>The width of the column's image.</summary>
    public int Width(CheckedFile file) => Half is null ? file.Width : file.Width / 2;
}
