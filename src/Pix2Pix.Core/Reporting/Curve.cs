namespace Pix2Pix.Reporting;

/// <summary>A named line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Colour">1 to 4: one of the page's colours.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Series">Its points.</param>
internal sealed record Curve(string Name, int Colour, CurveStyle Style, Series Series);
