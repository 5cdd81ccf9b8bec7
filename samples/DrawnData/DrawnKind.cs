namespace DrawnData;

/// <summary>Which of the public data sets is imitated, in its layout and its halves.</summary>
public enum DrawnKind
{
    /// <summary>As edges2shoes: the edges of a thing on a table on the left, its photograph on the right.</summary>
    Edges,

    /// <summary>As facades: the photograph of a building's front on the left, its labels on the right.</summary>
    Fronts,

    /// <summary>As maps: the aerial photograph of a town on the left, its map on the right.</summary>
    Maps,
}
