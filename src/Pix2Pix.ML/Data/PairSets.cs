using Microsoft.ML;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML.Data;

/// <summary>The views of a training, and which rows of them are to learn from and which to validate with.</summary>
internal sealed class PairSets
{
    private readonly IDataView _training;
    private readonly IDataView? _validation;
    private readonly ValidationSplit? _split;

    /// <param name="input">The rows given to Fit.</param>
    /// <param name="options">Say what to validate with.</param>
    /// <param name="training">Gives the seed of the split.</param>
    public PairSets(IDataView input, Pix2PixOptions options, TrainingOptions training)
    {
        _training = input;
        _split = options.ValidationFraction > 0 ? new ValidationSplit(options.ValidationFraction, training) : null;
        _validation = options.ValidationSet ?? (_split is null ? null : input);
    }

    /// <summary>Whether there is anything to validate with.</summary>
    public bool AreValidated => _validation is not null;

    /// <summary>Checks the columns of both views.</summary>
    /// <exception cref="ArgumentException">A column is missing or holds no images; all of them are named.</exception>
    public void CheckColumns(PairColumns columns)
    {
        var problems = ColumnCheck.Problems(_training.Schema, columns.Training, "learns from");
        if (_validation is not null && _split is null)
            problems.AddRange(ColumnCheck.Problems(_validation.Schema, columns.Training, "validates with", " of ValidationSet"));
        ColumnCheck.Throw(problems);
    }

    /// <summary>Reads what there is to learn from, and to validate with.</summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be used: all of them are named.</exception>
    public void Read(PairReader reader, ImagePairs training, ImagePairs? validation)
    {
        var (learning, judging) = Purposes();
        PairDataException?[] errors =
        [
            Try(() => reader.ReadInto(training, _training, learning)),
            validation is null ? null : Try(() => reader.ReadInto(validation, _validation!, judging)),
        ];
        PairDataException.ThrowAny(errors);
    }

    private (PairPurpose Learning, PairPurpose Judging) Purposes()
    {
        if (_split is not { } split)
            return (PairPurpose.Training, PairPurpose.Validation);
        var none = $"The data has no row for ValidationFraction, which is {split.Fraction}; use a larger one, or more rows.";
        return (
            PairPurpose.Training with { Includes = row => !split.IsValidation(row) },
            new PairPurpose(PairPurpose.Training.Row, PairPurpose.Validation.Verb, none, split.IsValidation));
    }

    private static PairDataException? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (PairDataException e)
        {
            return e;
        }
    }
}
