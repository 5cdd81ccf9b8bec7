using System.Text;
using Pix2Pix.Torch.Training;

namespace Quickstart;

/// <summary>The losses over the epochs as inline SVG: single steps faint, smoothed curves over them.</summary>
internal static class LossChart
{
    private const int Width = 460;
    private const int Height = 220;
    private const int Left = 44;
    private const int Bottom = 26;
    private const int Top = 10;
    private const int MostPoints = 300;

    /// <summary>The two parts of the adversarial game.</summary>
    public static string Adversarial(LossLog log) => Draw(
        log,
        ("discriminator", "d", step => step.Losses.Discriminator),
        ("generator, adversarial", "g", step => step.Losses.Adversarial));

    /// <summary>The distance to the targets.</summary>
    public static string L1(LossLog log) => Draw(log, ("L1 (0 to 1)", "l", LossLog.L1));

    private static string Draw(LossLog log, params (string Name, string Class, Func<TrainingProgress, double> Value)[] curves)
    {
        if (log.Steps.Count == 0)
            return "<p>No step was done.</p>";

        double[][] values = [.. curves.Select(curve => log.Steps.Select(curve.Value).ToArray())];
        double[][] smooth = [.. values.Select(Smooth)];

        // The axis holds the smoothed curves and all but the wildest steps.
        double most = Math.Max(smooth.Max(line => line.Max()), values.Max(line => line.Order().ElementAt(line.Length * 98 / 100)));
        double top = NiceAbove(most);
        string names = string.Join(", ", curves.Select(curve => curve.Name));
        StringBuilder svg = new($"<svg viewBox='0 0 {Width} {Height}' role='img' aria-label='{names}'>");
        for (int line = 0; line <= 4; line++)
        {
            double y = Y(top * line / 4, top);
            svg.Append($"<line class='grid' x1='{Left}' x2='{Width}' y1='{y:0.#}' y2='{y:0.#}'/>");
            svg.Append($"<text x='{Left - 6}' y='{y + 4:0.#}' text-anchor='end'>{top * line / 4:0.####}</text>");
        }

        int epochs = (int)Math.Ceiling(log.EpochsDone);
        svg.Append($"<text x='{Left}' y='{Height - 8}'>0</text>");
        svg.Append($"<text x='{Width}' y='{Height - 8}' text-anchor='end'>epoch {epochs}</text>");
        for (int i = 0; i < curves.Length; i++)
        {
            svg.Append($"<polyline class='faint {curves[i].Class}' points='{Points(values[i], top)}'/>");
            svg.Append($"<polyline class='{curves[i].Class}' points='{Points(smooth[i], top)}'/>");
            int y = Top + 14 + (16 * i);
            svg.Append($"<text class='{curves[i].Class}' x='{Width - 4}' y='{y}' text-anchor='end'>{curves[i].Name}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    // A mean that forgets with a twentieth of the training, corrected for its start.
    private static double[] Smooth(double[] values)
    {
        double keep = 1 - (1 / Math.Max(1.0, values.Length / 20.0)), sum = 0, weight = 0;
        return [.. values.Select(value =>
        {
            (sum, weight) = ((keep * sum) + value, (keep * weight) + 1);
            return sum / weight;
        })];
    }

    private static string Points(double[] values, double top)
    {
        int count = Math.Min(values.Length, MostPoints);
        return string.Join(' ', Enumerable.Range(0, count).Select(point =>
        {
            int i = count == 1 ? 0 : (int)((long)point * (values.Length - 1) / (count - 1));
            double x = Left + ((Width - Left) * (i + 1.0) / values.Length);
            return $"{x:0.#},{Y(values[i], top):0.#}";
        }));
    }

    private static double Y(double value, double top) => Top + ((Height - Top - Bottom) * (1 - Math.Min(1, value / top)));

    // 1, 2, 4 or 8 times a power of ten.
    private static double NiceAbove(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-6))));
        return power * new[] { 1, 2, 4, 8, 10 }.First(step => power * step >= value * 0.999);
    }
}
