namespace Pix2Pix;

/// <summary>A half of an image that contains a pair side by side.</summary>
public enum PairSide
{
    /// <summary>The left half: A in the public data sets.</summary>
    Left,

    /// <summary>The right half: B in the public data sets.</summary>
    Right,
}
