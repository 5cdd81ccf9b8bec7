using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Metrics;

/// <summary>SSIM directly from the paper's equations, one window at a time: slow, and the reference for the fast implementation.</summary>
internal static class NaiveSsim
{
    public static double Mean(PixelImage a, PixelImage b, int window)
    {
        int radius = window / 2;
        double sum = 0.0;
        int places = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = radius; y < a.Height - radius; y++)
            {
                for (int x = radius; x < a.Width - radius; x++)
                {
                    sum += At(a, b, x, y, channel, radius);
                    places++;
                }
            }
        }

        return sum / places;
    }

    private static double At(PixelImage a, PixelImage b, int x, int y, int channel, int radius)
    {
        double weights = 0, meanA = 0, meanB = 0;
        ForWindow((dx, dy, weight) =>
        {
            weights += weight;
            meanA += weight * Pixel(a, x + dx, y + dy, channel);
            meanB += weight * Pixel(b, x + dx, y + dy, channel);
        });
        meanA /= weights;
        meanB /= weights;

        double varianceA = 0, varianceB = 0, covariance = 0;
        ForWindow((dx, dy, weight) =>
        {
            double fromA = Pixel(a, x + dx, y + dy, channel) - meanA;
            double fromB = Pixel(b, x + dx, y + dy, channel) - meanB;
            varianceA += weight / weights * fromA * fromA;
            varianceB += weight / weights * fromB * fromB;
            covariance += weight / weights * fromA * fromB;
        });

        const double c1 = 6.5025, c2 = 58.5225;
        double luminance = (2 * meanA * meanB + c1) / (meanA * meanA + meanB * meanB + c1);
        double contrastAndStructure = (2 * covariance + c2) / (varianceA + varianceB + c2);
        return luminance * contrastAndStructure;

        void ForWindow(Action<int, int, double> visit)
        {
            for (int dy = -radius; dy <= radius; dy++)
            {
                for (int dx = -radius; dx <= radius; dx++)
                {
                    visit(dx, dy, Math.Exp(-(dx * dx + dy * dy) / (2 * 1.5 * 1.5)));
                }
            }
        }
    }

    private static double Pixel(PixelImage image, int x, int y, int channel) => image.Pixels[3 * (y * image.Width + x) + channel];
}
