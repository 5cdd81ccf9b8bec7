using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>The views of a training run, and which of their rows are used for training and which for validation.</summary>
internal sealed class PairSets
{
    private const string NoRows = "The data has no rows; expected at least one pair of images.";

    private readonly IDataView _training;
    private readonly IDataView? _validation;
    private readonly DatasetRole _trainingRole;
    private readonly DatasetRole _validationRole;
    private readonly bool _isSplit;

    /// <param name="input">The rows given to Fit.</param>
    /// <param name="options">Define the validation data.</param>
    /// <param name="training">The training options, which contain the seed of the split.</param>
    public PairSets(IDataView input, Pix2PixOptions options, TrainingOptions training)
    {
        _isSplit = options.ValidationFraction > 0;
        _training = input;
        _validation = options.ValidationSet ?? (_isSplit ? input : null);
        var split = new Lazy<ValidationSplit>(() => new ValidationSplit(
            options.ValidationFraction, training, FewRows(input, options.ValidationFraction)));
        _trainingRole = new DatasetRole
        {
            NewSet = () => new ImagePairs(options.Generator, training),
            Window = training.ShuffleWindow,
            WindowName = "Training.ShuffleWindow",
            Use = "used for training",
            Label = string.Empty,
            None = rows => rows == 0 ? NoRows
                : $"The data has only one row, but ValidationFraction is {options.ValidationFraction}, and this leaves no row for " +
                "training. Add rows, or set ValidationFraction to 0.",
            Changed =
                "The data changed during training. It is larger than MemoryBudget, so its rows are read again in each epoch; expected " +
                "the same rows in the same order. Do not shuffle or sample the data before Pix2Pix, do not change its files, or raise " +
                "MemoryBudget:",
            Includes = row => !_isSplit || !split.Value.IsValidation(row),
        };
        _validationRole = new DatasetRole
        {
            NewSet = () => ImagePairs.ForValidation(options.Generator, training),
            Window = options.Validation.MaxPairs,
            WindowName = "Validation.MaxPairs",
            UsesWindowAlone = true,
            Use = "used for validation",
            Label = "validation ",
            None = _ => _isSplit ? NoRows : "ValidationSet has no rows; expected at least one pair of images.",
            Changed =
                "The validation data changed while it was read. It has more rows than Validation.MaxPairs, so the rows that are used are " +
                "read twice; expected the same rows in the same order. Do not shuffle or sample the data before Pix2Pix, do not change " +
                "its files, or raise Validation.MaxPairs:",
            Row = _isSplit ? _trainingRole.Row : "Validation row",
            Includes = row => !_isSplit || split.Value.IsValidation(row),
        };
    }

    /// <summary>An empty validation set for checks before anything is read; null without validation.</summary>
    public IPairSource? NoValidationYet => _validation is null ? null : _validationRole.NewSet();

    /// <summary>Checks the columns of both views.</summary>
    /// <exception cref="ArgumentException">A column is missing or does not contain images; the message names all such columns.</exception>
    public void CheckColumns(PairColumns columns)
    {
        var problems = ColumnCheck.Problems(_training.Schema, columns.Training, "trains on");
        if (_validation is not null && !_isSplit)
            problems.AddRange(ColumnCheck.Problems(_validation.Schema, columns.Training, "validates on", " of ValidationSet"));
        ColumnCheck.Throw(problems);
    }

    /// <summary>Reads the validation pairs, which must fit in memory, and then the training pairs.</summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be used; the message names all of them.</exception>
    /// <exception cref="ArgumentException">The pairs that must be in memory exceed the budget.</exception>
    public (IPairSource Training, IPairSource? Validation) Read(PairReader reader, CancellationToken cancel)
    {
        var (validation, another) = _validation is null ? default : Try(() => reader.Read(_validation, _validationRole, cancel));
        var (training, error) = Try(() => reader.Read(_training, _trainingRole, cancel));
        PairDataException.ThrowAny(error, another);
        return (training!, validation);
    }

    // A set of fewer than 1 / fraction rows still yields one validation row, whatever the seed. Rows are counted without reading any image.
    private static long? FewRows(IDataView view, double fraction)
    {
        var most = (long)Math.Ceiling(1 / fraction);
        if (view.GetRowCount() is not { } count)
        {
            using var rows = view.GetRowCursor([]);
            for (count = 0; count < most && rows.MoveNext(); count++)
            {
            }
        }

        return count == 0 || count >= most ? null : count;
    }

    private static (IPairSource?, PairDataException?) Try(Func<IPairSource> read)
    {
        try
        {
            return (read(), null);
        }
        catch (PairDataException e)
        {
            return (null, e);
        }
    }
}

/// <summary>Defines what rows are read for: which rows of the view are used, how, and how error messages describe them.</summary>
internal sealed record DatasetRole
{
    /// <summary>Creates an empty set for the pairs.</summary>
    public required Func<ImagePairs> NewSet { get; init; }

    /// <summary>The maximum number of pairs in memory if they are streamed, or the maximum number of pairs used.</summary>
    public required int Window { get; init; }

    /// <summary>The name of the option that sets the window.</summary>
    public required string WindowName { get; init; }

    /// <summary>Whether only as many pairs are used as the window allows; an evenly spaced subset is taken from a larger set.</summary>
    public bool UsesWindowAlone { get; init; }

    /// <summary>What a pair is used for, as in "cannot be used for training".</summary>
    public required string Use { get; init; }

    /// <summary>The role in log and error messages, between the number and "pairs"; ends with a space, or is empty.</summary>
    public required string Label { get; init; }

    /// <summary>Formats a number of pairs, as in "2 validation pairs".</summary>
    public string Count(long pairs) => Pluralize.Of(pairs, $"{Label}pair");

    /// <summary>The error message when none of the given number of rows in the view has this role.</summary>
    public required Func<long, string> None { get; init; }

    /// <summary>The error message heading for a row that has changed since the first pass.</summary>
    public required string Changed { get; init; }

    /// <summary>The term for a row, as in "Row 3".</summary>
    public string Row { get; init; } = "Row";

    /// <summary>Whether a row of the view, counted from 0, is read.</summary>
    public Func<long, bool> Includes { get; init; } = _ => true;
}
