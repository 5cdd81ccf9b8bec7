using Microsoft.ML;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML.Data;

/// <summary>The views of a training, and which rows of them are to learn from and which to validate with.</summary>
internal sealed class PairSets
{
    private readonly IDataView _training;
    private readonly IDataView? _validation;
    private readonly PairPurpose _learning;
    private readonly PairPurpose _judging;
    private readonly bool _isSplit;

    /// <param name="input">The rows given to Fit.</param>
    /// <param name="options">Say what to validate with.</param>
    /// <param name="training">The options to train with, with the seed of the split.</param>
    public PairSets(IDataView input, Pix2PixOptions options, TrainingOptions training)
    {
        _isSplit = options.ValidationFraction > 0;
        _training = input;
        _validation = options.ValidationSet ?? (_isSplit ? input : null);
        var split = new ValidationSplit(options.ValidationFraction, training);
        _learning = new PairPurpose
        {
            NewSet = () => new ImagePairs(options.Generator, training),
            Window = training.ShuffleWindow,
            WindowName = "Training.ShuffleWindow",
            Verb = "learnt from",
            Aim = string.Empty,
            None = "The data has no rows; expected at least one pair of images.",
            Includes = row => !split.IsValidation(row),
        };
        _judging = new PairPurpose
        {
            NewSet = () => ImagePairs.ForValidation(options.Generator, training),
            Window = options.Validation.MaxPairs,
            WindowName = "Validation.MaxPairs",
            Verb = "validated with",
            Aim = " to validate with",
            None = _isSplit
                ? $"The data has no row for ValidationFraction, which is {split.Fraction}; use a larger one, or more rows."
                : "ValidationSet has no rows; expected at least one pair of images.",
            Row = _isSplit ? _learning.Row : "Validation row",
            Includes = row => !_isSplit || split.IsValidation(row),
        };
    }

    /// <summary>An empty set to validate with, for checks before anything is read; null where nothing is validated.</summary>
    public IPairSource? NoValidationYet => _validation is null ? null : _judging.NewSet();

    /// <summary>Checks the columns of both views.</summary>
    /// <exception cref="ArgumentException">A column is missing or holds no images; all of them are named.</exception>
    public void CheckColumns(PairColumns columns)
    {
        var problems = ColumnCheck.Problems(_training.Schema, columns.Training, "learns from");
        if (_validation is not null && !_isSplit)
            problems.AddRange(ColumnCheck.Problems(_validation.Schema, columns.Training, "validates with", " of ValidationSet"));
        ColumnCheck.Throw(problems);
    }

    /// <summary>Reads what there is to learn from, and to validate with.</summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be used: all of them are named.</exception>
    public (IPairSource Training, IPairSource? Validation) Read(PairReader reader, CancellationToken cancel)
    {
        var (training, error) = Try(() => reader.Read(_training, _learning, cancel));
        var (validation, another) = _validation is null ? default : Try(() => reader.Read(_validation, _judging, cancel));
        PairDataException.ThrowAny(error, another);
        return (training!, validation);
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
