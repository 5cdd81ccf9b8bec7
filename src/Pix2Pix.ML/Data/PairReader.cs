using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Reads the rows of a view, once, into <see cref="ImagePairs"/>.</summary>
internal sealed class PairReader
{
    private readonly PairColumns _columns;
    private readonly CancellationToken _cancel;

    public PairReader(PairColumns columns, CancellationToken cancel)
    {
        _columns = columns;
        _cancel = cancel;
    }

    /// <summary>Adds every row. The view's images are neither kept nor disposed of.</summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be learnt from: all of them are named.</exception>
    public void ReadInto(ImagePairs pairs, IDataView view)
    {
        var images = _columns.Training.Select(name => view.Schema[name]).ToArray();
        var labels = view.Schema.Where(column => column.Type is TextDataViewType && !column.IsHidden).ToArray();
        using var cursor = view.GetRowCursor([.. images, .. labels]);
        var getters = images.Select(column => cursor.GetGetter<MLImage>(column)).ToArray();
        var texts = labels.Select(column => cursor.GetGetter<ReadOnlyMemory<char>>(column)).ToArray();

        var problems = new List<string>();
        for (var row = 1L; cursor.MoveNext(); row++)
        {
            _cancel.ThrowIfCancellationRequested();
            if (Read(getters, pairs) is { } problem)
                problems.Add($"Row {row}{Label(texts)}: {problem}");
        }

        if (problems.Count > 0)
        {
            throw new PairDataException(
                $"{problems.Count} of {problems.Count + pairs.Count} rows cannot be learnt from. Mend them or filter them out:", problems);
        }

        if (pairs.Count == 0)
            throw new PairDataException("The data has no rows; expected at least one pair of images.", []);
    }

    /// <summary>Adds the cursor's row, or says what is wrong with it.</summary>
    private string? Read(ValueGetter<MLImage>[] getters, ImagePairs pairs)
    {
        var images = new PixelImage[getters.Length];
        for (var i = 0; i < getters.Length; i++)
        {
            var name = _columns.Training[i];
            try
            {
                MLImage image = null!;
                getters[i](ref image);
                if (image is null)
                    return $"column '{name}' is null; expected an image. Is its file there, and readable?";
                images[i] = PixelLayout.ToRgba(image);
            }
            // Whatever the loader of the column throws for a bad file belongs on the list, and the next row is read.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return $"column '{name}' cannot be read: {e.Message}";
            }
        }

        try
        {
            var (input, target) = Halves(images);
            pairs.Add(input, target);
            return null;
        }
        catch (ArgumentException e)
        {
            // The parameter's name, which .NET adds to the text, is a word of ours and not of the caller's.
            return e.Message.Replace($" (Parameter '{e.ParamName}')", string.Empty);
        }
    }

    private (PixelImage Input, PixelImage Target) Halves(PixelImage[] images)
    {
        if (_columns.InputSide is null)
            return (images[0], images[^1]); // of one column where input and target are the same
        var (left, right) = SideBySide.Split(images[0]);
        return _columns.InputSide == PairSide.Left ? (left, right) : (right, left);
    }

    // The file's name, where a column of the row has it.
    private static string Label(ValueGetter<ReadOnlyMemory<char>>[] texts)
    {
        var values = texts.Select(getter =>
        {
            ReadOnlyMemory<char> value = default;
            getter(ref value);
            return value.ToString();
        }).Where(value => value.Length > 0).ToArray();
        return values.Length == 0 ? string.Empty : $" ({string.Join(", ", values)})";
    }
}
