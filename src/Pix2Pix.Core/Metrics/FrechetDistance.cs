using MathNet.Numerics.LinearAlgebra;

namespace Pix2Pix.Metrics;

/// <summary>
/// The Fréchet distance between two sets of features, each modeled as a Gaussian: |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)). With the
/// features of an Inception network, it is the FID of Heusel et al., "GANs trained by a two time-scale update rule converge to a local Nash
/// equilibrium", NeurIPS 2017, equation 6.
/// </summary>
public static class FrechetDistance
{
    /// <summary>Computes the distance.</summary>
    /// <remarks>
    /// With C1 = B B^T, the matrix M = B^T C2 B is symmetric and has the eigenvalues of C1 C2. The trace of the root is therefore the sum
    /// of the square roots of M's eigenvalues, which are real even if a covariance is singular. Eigenvalues that rounding makes negative
    /// count as 0. The time is proportional to the cube of the number of dimensions. The distance increases as the number of vectors
    /// decreases, so compare only distances of equally large sets.
    /// </remarks>
    /// <param name="x">One set, with at least two vectors.</param>
    /// <param name="y">The other set, with the same dimensions.</param>
    /// <returns>0 for equal means and covariances, otherwise a larger value; symmetric up to rounding.</returns>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    /// <exception cref="InvalidOperationException">A set has fewer than two vectors.</exception>
    public static double Between(FeatureStatistics x, FeatureStatistics y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Dimensions != y.Dimensions)
        {
            throw new ArgumentException(
                $"The vectors have {x.Dimensions} and {y.Dimensions} features; expected those of one network.", nameof(y));
        }

        var (c1, c2) = (Matrix<double>.Build.DenseOfArray(x.Covariance()), Matrix<double>.Build.DenseOfArray(y.Covariance()));
        var between = x.Mean().Zip(y.Mean(), (m1, m2) => (m1 - m2) * (m1 - m2)).Sum();
        return Math.Max(0, between + c1.Trace() + c2.Trace() - 2 * TraceOfRoot(c1, c2));
    }

    private static double TraceOfRoot(Matrix<double> c1, Matrix<double> c2)
    {
        var eigen = c1.Evd(Symmetricity.Symmetric);
        var roots = eigen.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 0)));
        var b = eigen.EigenVectors.MapIndexed((_, column, value) => value * roots[column]);
        var m = b.TransposeThisAndMultiply(c2 * b);
        return m.Evd(Symmetricity.Symmetric).EigenValues.Sum(value => Math.Sqrt(Math.Max(value.Real, 0)));
    }
}
