namespace Pix2Pix;

/// <summary>How a text file lists pairs of images. Immutable.</summary>
public sealed record TextPairOptions
{
    /// <summary>A header; the input is the first field, the target the second.</summary>
    public static TextPairOptions Default { get; } = new();

    /// <summary>The zero-based index of the field with the input's path.</summary>
    /// <value>The default is 0.</value>
    public int InputColumn { get; init => field = AtLeastZero(value, nameof(InputColumn)); }

    /// <summary>The zero-based index of the field with the target's path.</summary>
    /// <value>The default is 1.</value>
    public int TargetColumn { get; init => field = AtLeastZero(value, nameof(TargetColumn)); } = 1;

    /// <summary>
    /// Whether the first line contains column names and is skipped. If it names images instead, that is a fault, because a pair would be
    /// lost.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>The separator of two fields; not a quotation mark or a line break.</summary>
    /// <value>The default is <see langword="null"/>: a comma in files whose names end in .csv, a tab in others.</value>
    public char? Separator
    {
        get;
        init => field = value is not ('"' or '\r' or '\n') ? value : throw new ArgumentOutOfRangeException(
            nameof(Separator), value, $"Separator is U+{(int)value.Value:X4}; expected no quotation mark and no line break.");
    }

    private static int AtLeastZero(int value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected 0 or more.");
}
