using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>A single pass over the rows of a view, as pairs. The view's images are neither kept nor disposed of. Not thread-safe.</summary>
internal sealed class PairCursor : IDisposable
{
    private readonly PairColumns _columns;
    private readonly string _rowName;
    private readonly Func<long, bool> _includes;
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<MLImage>[] _getters;
    private readonly ValueGetter<ReadOnlyMemory<char>>[] _labels;

    // ML.NET's loaders dispose of an image that is passed back to them; other sources do not. A new variable for each row would leave
    // decoded images to the garbage collector, which does not see their native memory.
    private readonly MLImage?[] _images;
    private long _row;

    /// <param name="view">The rows.</param>
    /// <param name="columns">The columns that contain the pairs.</param>
    /// <param name="role">Defines which rows are included, and the term for a row in error messages; null for all rows.</param>
    public PairCursor(IDataView view, PairColumns columns, DatasetRole? role = null)
    {
        _columns = columns;
        _rowName = role?.Row ?? "Row";
        _includes = role?.Includes ?? (_ => true);
        var images = columns.Training.Select(name => view.Schema[name]).ToArray();
        var labels = view.Schema.Where(column => column.Type is TextDataViewType && !column.IsHidden).ToArray();
        _cursor = view.GetRowCursor([.. images, .. labels]);
        _getters = [.. images.Select(column => _cursor.GetGetter<MLImage>(column))];
        _labels = [.. labels.Select(column => _cursor.GetGetter<ReadOnlyMemory<char>>(column))];
        _images = new MLImage?[images.Length];
    }

    /// <summary>The number of the current row in its view, counted from 1; after the end, that of the last row.</summary>
    public long Row => _row;

    /// <summary>The name of the current row, including the file name if one of the columns has it.</summary>
    public string Name => $"{_rowName} {_row}{(Label() is { } label ? $" ({label})" : string.Empty)}";

    public bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            if (_includes(_row++))
                return true;
        }

        return false;
    }

    /// <summary>The pair of the current row, or <see langword="null"/> and the problem with it.</summary>
    /// <param name="prepare">
    /// Makes a pair of two images and their name, or throws an <see cref="ArgumentException"/> that states the reason.
    /// </param>
    /// <param name="problem">The problem, as a sentence; empty if there is none.</param>
    public ImagePair? Read(Func<PixelImage, PixelImage, string?, ImagePair> prepare, out string problem)
    {
        problem = string.Empty;
        var images = new PixelImage[_getters.Length];
        for (var i = 0; i < images.Length; i++)
        {
            var name = _columns.Training[i];
            try
            {
                _getters[i](ref _images[i]!);
                if (_images[i] is not { } image)
                {
                    problem = $"column '{name}' is null; expected an image. Check that its file exists and can be read.";
                    return null;
                }

                images[i] = PixelLayout.ToRgba(image);
            }
            // Any exception of the column's loader for a bad file is added to the list, and reading continues with the next row.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                problem = $"column '{name}' cannot be read: {Reason(e)}";
                return null;
            }
        }

        try
        {
            var (input, target) = Halves(images);
            return prepare(input, target, Label());
        }
        catch (ArgumentException e)
        {
            // The parameter name that .NET appends to the message is internal and unknown to the caller, so it is removed.
            problem = e.Message.Replace($" (Parameter '{e.ParamName}')", string.Empty);
            return null;
        }
    }

    public void Dispose() => _cursor.Dispose();

    private (PixelImage Input, PixelImage Target) Halves(PixelImage[] images)
    {
        if (_columns.InputSide is null)
            return (images[0], images[^1]); // a single column if input and target are the same
        var (left, right) = SideBySide.Split(images[0]);
        return _columns.InputSide == PairSide.Left ? (left, right) : (right, left);
    }

    // ML.NET's message refers to a stream; the user knows the file.
    private string Reason(Exception e)
    {
        if (e is not ArgumentException { ParamName: "imageStream" })
            return e.Message;
        var problems = Texts().Where(File.Exists).Select(file => ImageFiles.Problem(file) is { } problem ? $"'{file}' {problem}." : null);
        return problems.FirstOrDefault(problem => problem is not null) ?? "the file is empty, or not an image that can be decoded.";
    }

    private string? Label() => Texts() is { Length: > 0 } texts ? string.Join(", ", texts) : null;

    private string[] Texts() => [.. _labels.Select(getter =>
    {
        ReadOnlyMemory<char> value = default;
        getter(ref value);
        return value.ToString();
    }).Where(value => value.Length > 0)];
}
