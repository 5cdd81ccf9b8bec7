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
