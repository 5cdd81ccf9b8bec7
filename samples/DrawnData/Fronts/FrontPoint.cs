namespace DrawnData.Fronts;

/// <summary>A place on a front.</summary>
/// <param name="Part">What is there.</param>
/// <param name="U">How far it is across this part, 0 to 1.</param>
/// <param name="V">How far it is down this part, 0 to 1.</param>
/// <param name="Number">Which one of its kind it is.</param>
internal readonly record struct FrontPoint(FrontPart Part, float U, float V, int Number = 0);
