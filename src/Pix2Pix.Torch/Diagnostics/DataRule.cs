using System.Globalization;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Training waits for data. The first steps do not count, because reading begins with them.</summary>
internal sealed class DataRule : IHintRule
{
    private const int WarmUpSteps = 10;
    private const int LeastSteps = 100;
    private const double MostShare = 0.5;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(20);

    private TrainingProgress? _since;
    private int _seen;

    public TrainingHintKind Kind => TrainingHintKind.DataIsSlow;

    public string? After(TrainingProgress progress)
    {
        if (++_seen == WarmUpSteps)
            _since = progress;
        if (_since is null || progress.Step - _since.Step < LeastSteps || progress.Elapsed - _since.Elapsed < LeastTime)
            return null;

        var (waited, passed) = (progress.DataTime - _since.DataTime, progress.Elapsed - _since.Elapsed);
        _since = progress;
        return waited <= passed * MostShare
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The training waits for its pairs: {waited.TotalSeconds:0} of the last {passed.TotalSeconds:0} seconds ({waited / passed:0 %}). ") +
                "Keep the decoded pairs in memory, or store them smaller: at the size used for training, on a faster disk.";
    }
}
