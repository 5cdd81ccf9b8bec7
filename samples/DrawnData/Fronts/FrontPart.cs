namespace DrawnData.Fronts;

/// <summary>What can be seen of a house from the street; its label.</summary>
internal enum FrontPart
{
    Sky,
    Roof,
    Wall,
    Window,
    Sill,
    Shutter,
    Door,
    Pavement,
}
