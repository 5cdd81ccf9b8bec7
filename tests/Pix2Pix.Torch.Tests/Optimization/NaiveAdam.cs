namespace Pix2Pix.Torch.Tests.Optimization;

/// <summary>Adam as written in algorithm 1 of Kingma and Ba 2015, in float64.</summary>
internal sealed class NaiveAdam(double[] values, double beta1, double beta2)
{
    private readonly double[] _first = new double[values.Length];
    private readonly double[] _second = new double[values.Length];
    private int _steps;

    public double[] Values { get; } = [.. values];

    public void Step(IReadOnlyList<double> gradients, double learningRate)
    {
        _steps++;
        for (var i = 0; i < Values.Length; i++)
        {
            _first[i] = (beta1 * _first[i]) + ((1 - beta1) * gradients[i]);
            _second[i] = (beta2 * _second[i]) + ((1 - beta2) * gradients[i] * gradients[i]);
            var first = _first[i] / (1 - Math.Pow(beta1, _steps));
            var second = _second[i] / (1 - Math.Pow(beta2, _steps));
            Values[i] -= learningRate * first / (Math.Sqrt(second) + 1e-8);
        }
    }
}
