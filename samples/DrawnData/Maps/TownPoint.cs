namespace DrawnData.Maps;

/// <summary>A place in a town.</summary>
/// <param name="Part">What is there.</param>
/// <param name="U">Across this part, 0 to 1; of a road from one kerb to the other.</param>
/// <param name="V">Along this part, 0 to 1; of a road as far as it goes.</param>
/// <param name="Number">Which one of its kind it is.</param>
internal readonly record struct TownPoint(TownPart Part, float U = 0, float V = 0, int Number = 0);
