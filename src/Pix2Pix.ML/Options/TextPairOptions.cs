namespace Pix2Pix;

/// <summary>How a text file names pairs of images. Immutable.</summary>
public sealed record TextPairOptions
{
    /// <summary>A header, the input first, then the target.</summary>
    public static TextPairOptions Default { get; } = new();

    /// <summary>The position of the inputs' paths on a line, from 0.</summary>
    /// <value>The default is 0.</value>
    public int InputColumn { get; init => field = AtLeastZero(value, nameof(InputColumn)); }

    /// <summary>The position of the targets' paths on a line, from 0.</summary>
    /// <value>The default is 1.</value>
    public int TargetColumn { get; init => field = AtLeastZero(value, nameof(TargetColumn)); } = 1;

    /// <summary>
    /// Whether the first line names the columns, and is left out. Where it names images, that is a fault: a pair would be lost.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>What stands between two fields; no quotation mark, and no line break.</summary>
    /// <value>The default is <see langword="null"/>: a comma in files whose names end in .csv, a tab in others.</value>
    public char? Separator
    {
        get;
        init => field = value is not ('"' or '\r' or '\n') ? value : throw new ArgumentOutOfRangeException(
            nameof(Separator), value, $"Separator is U+{(int)value.Value:X4}; expected no quotation mark and no line break.");
    }

    private static int AtLeastZero(int value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a position, from 0.");
}
