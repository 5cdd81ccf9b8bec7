namespace Quickstart;

/// <summary>Which image of a pair is the input. A is the left half, or the drawn lines; B is the right half, or the drawn photo.</summary>
internal enum Direction
{
    AtoB,
    BtoA,
}
