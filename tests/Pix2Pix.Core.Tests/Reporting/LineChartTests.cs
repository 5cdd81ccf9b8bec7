using System.Xml.Linq;
using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Reporting;

public class LineChartTests
{
    [Fact]
    public void Draw_NoPoints_IsNothing() => Assert.Equal(string.Empty, LineChart.Draw("L1", [Line("a", CurveStyle.Plain)]).ToString());

    [Fact]
    public void Draw_Values_LieWhereTheAxesSay()
    {
        var chart = Draw([Line("loss", CurveStyle.Marked, (1, 0), (2, 1), (4, 0.5))]);

        // The plot is from 56 to 384 and from 30 (value 1) to 196 (value 0).
        Assert.Equal("138,196 220,30 384,113", chart.Descendants("polyline").Single().Attribute("points")!.Value);
        Assert.Equal(3, chart.Descendants("circle").Count());
        Assert.Equal(["0", "0.25", "0.5", "0.75", "1", "0", "1", "2", "3", "4", "epoch", "loss"], chart.Descendants("text").Select(text => text.Value));
        Assert.Equal("L1: loss, last 0.5", chart.Element("svg")!.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void Draw_NoisyCurve_HasARunningMeanAndIgnoresSpikes()
    {
        var points = Enumerable.Range(1, 300).Select(i => ((double)i, i == 200 ? 1000.0 : 1 + (i % 2))).ToArray();

        var chart = Draw([Line("loss", CurveStyle.Noisy, points)]);

        Assert.Equal(["faint c1", "c1"], chart.Descendants("polyline").Select(line => line.Attribute("class")!.Value));
        Assert.All(chart.Descendants("polyline").SelectMany(line => line.Attribute("points")!.Value.Split(' ')), point =>
        {
            var y = double.Parse(point.Split(',')[1]);
            Assert.InRange(y, 30, 196); // the spike, too, stays within the chart
        });
    }

    [Fact]
    public void Draw_Reference_IsExplained()
    {
        var chart = LineChart.Draw("Losses", [Line("D", CurveStyle.Plain, (1, 0.1), (2, 0.2))], reference: (0.69, "Dashed: <chance>."));
        var figure = XElement.Parse(chart.ToString());
        Assert.Single(figure.Descendants("line"), line => line.Attribute("class")!.Value == "reference");
        Assert.Equal("Dashed: <chance>.", figure.Element("p")!.Value);
    }

    private static XElement Draw(Curve[] curves) => XElement.Parse(LineChart.Draw("L1", curves).ToString());

    private static Curve Line(string name, CurveStyle style, params (double X, double Y)[] points)
    {
        var series = new Series();
        foreach (var (x, y) in points)
            series.Add(x, y);
        return new Curve(name, 1, style, series);
    }
}
