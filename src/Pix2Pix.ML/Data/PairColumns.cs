using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Data;

/// <summary>The columns that contain the pairs for the estimator and the input for the transformer.</summary>
internal sealed record PairColumns
{
    private PairColumns(string input, string[] training, PairSide? inputSide)
    {
        Input = input;
        Training = training;
        InputSide = inputSide;
    }

    /// <summary>The column to translate.</summary>
    public string Input { get; }

    /// <summary>The columns used for training: input and target, or a single column that contains both or serves as both.</summary>
    public IReadOnlyList<string> Training { get; }

    /// <summary>The input's half, or null if input and target are two columns.</summary>
    public PairSide? InputSide { get; }

    public static PairColumns Two(string input, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(target);
        return new PairColumns(input, input == target ? [input] : [input, target], inputSide: null);
    }

    public static PairColumns SideBySide(string input, string pair, PairSide inputSide)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(pair);
        return new PairColumns(input, [pair], inputSide);
    }
}

/// <summary>Checks that columns exist and contain images. All problems are reported in one exception.</summary>
internal static class ColumnCheck
{
    /// <exception cref="ArgumentException">A column is missing or does not contain images.</exception>
    public static void Images(DataViewSchema schema, IEnumerable<string> names, string usage) => Throw(Problems(schema, names, usage));

    /// <exception cref="ArgumentException">There are problems.</exception>
    public static void Throw(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new ArgumentException(string.Join('\n', problems));
    }

    /// <summary>Returns the problems with the columns, one sentence each.</summary>
    /// <param name="schema">The schema that contains the columns.</param>
    /// <param name="names">The columns that must contain images.</param>
    /// <param name="usage">What Pix2Pix does with the images, as in "translates".</param>
    /// <param name="owner">The owner of the columns, if it is not obvious.</param>
    public static List<string> Problems(DataViewSchema schema, IEnumerable<string> names, string usage, string owner = "")
        => Problems(
            names,
            name => schema.GetColumnOrNull(name) is { } column ? (column.Type is ImageDataViewType, column.Type.ToString()) : null,
            schema.Where(column => !column.IsHidden).Select(column => column.Name),
            usage,
            owner);

    /// <exception cref="ArgumentException">A column is missing or does not contain images.</exception>
    public static void Images(SchemaShape shape, IEnumerable<string> names, string usage)
        => Throw(Problems(
            names,
            name => shape.Where(column => column.Name == name).Select(column => ((bool, string?)?)(
                column.ItemType is ImageDataViewType, column.ItemType.ToString())).SingleOrDefault(),
            shape.Select(column => column.Name),
            usage));

    private static List<string> Problems(
        IEnumerable<string> names,
        Func<string, (bool IsImage, string? Type)?> find,
        IEnumerable<string> present,
        string usage,
        string owner = "")
    {
        var problems = new List<string>();
        foreach (var name in names)
        {
            if (find(name) is not { } column)
                problems.Add($"Column '{name}'{owner} does not exist; the available columns are {List(present)}.");
            else if (!column.IsImage)
            {
                problems.Add(
                    $"Column '{name}'{owner} has type {column.Type}, but Pix2Pix {usage} images. Append LoadImages(\"{name}\", ...) " +
                    "before Pix2Pix.");
            }
        }

        return problems;
    }

    private static string List(IEnumerable<string> names)
        => string.Join(", ", names.Select(name => $"'{name}'").DefaultIfEmpty("none"));
}
