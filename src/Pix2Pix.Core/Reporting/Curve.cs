namespace Pix2Pix.Reporting;

/// <summary>A named line of a chart.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Color">The color, 1 to 4: one of the page's colors.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Series">The points of the curve.</param>
internal sealed record Curve(string Name, int Color, CurveStyle Style, Series Series);
