using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Evaluation;

/// <summary>Collects the features of translations and targets, row by row. Not thread-safe.</summary>
internal sealed class FeatureScores
{
    private readonly FeatureExtractor _network;
    private readonly FeatureNetworkOptions _options;
    private readonly Random _random;
    private readonly float[] _values; // the network input of one batch
    private readonly List<float[]> _keptTranslations = [];
    private readonly List<float[]> _keptTargets = [];
    private FeatureStatistics? _translations;
    private FeatureStatistics? _targets;

    public FeatureScores(FeatureExtractor network, FeatureNetworkOptions options)
    {
        _network = network;
        _options = options;
        _random = new Random(options.Kid.Seed);
        _values = new float[network.BatchSize * network.InputLength];
    }

    /// <summary>Adds rows.</summary>
    /// <exception cref="InvalidDataException">The network fails or outputs values that are not numbers.</exception>
    public void Add(IReadOnlyList<RowComparison> rows, ParallelOptions parallel)
    {
        foreach (var batch in rows.Chunk(_network.BatchSize))
        {
            var translations = Features(batch, row => row.Translation, "translation", parallel);
            var targets = Features(batch, row => row.Target, "target", parallel);
            for (var i = 0; i < batch.Length; i++)
                Add(translations[i], targets[i]);
        }
    }

    /// <summary>FID and KID.</summary>
    /// <exception cref="PairDataException">There are fewer than two rows.</exception>
    public FeatureMetrics Metrics(CancellationToken cancel)
    {
        if (_translations is not { Count: >= 2 } translations || _targets is not { } targets)
        {
            throw new PairDataException(
                "The data has only one row, but FID and KID need at least two. Add rows, or leave FeatureNetwork null.", []);
        }

        var kid = KernelDistance.Between(_keptTranslations, _keptTargets, _options.Kid, cancel);
        cancel.ThrowIfCancellationRequested();
        return new FeatureMetrics(FrechetDistance.Between(translations, targets), kid.Mean, kid.StandardDeviation, translations.Dimensions);
    }

    private float[][] Features(RowComparison[] rows, Func<RowComparison, PixelImage> image, string name, ParallelOptions parallel)
    {
        var length = _network.InputLength;
        Parallel.For(0, rows.Length, parallel, i => _network.Fill(image(rows[i]), _values.AsSpan(i * length, length)));
        var features = _network.Run(_values, rows.Length);
        var broken = Array.FindIndex(features, vector => !vector.All(float.IsFinite));
        return broken < 0
            ? features
            : throw new InvalidDataException(
                $"The feature network '{_options.File}' returned non-finite values for the {name} of row {rows[broken].Metrics.Row}. " +
                "Check that Mean and Deviation match its preprocessing.");
    }

    private void Add(float[] translation, float[] target)
    {
        _translations ??= new FeatureStatistics(translation.Length);
        _targets ??= new FeatureStatistics(target.Length);
        _translations.Add(translation);
        _targets.Add(target);

        // Reservoir sampling: each row so far is kept with equal probability.
        if (_keptTargets.Count < _options.KidRows)
        {
            _keptTranslations.Add(translation);
            _keptTargets.Add(target);
        }
        else if (_random.Next(_targets.Count) is var place && place < _options.KidRows)
        {
            (_keptTranslations[place], _keptTargets[place]) = (translation, target);
        }
    }
}
