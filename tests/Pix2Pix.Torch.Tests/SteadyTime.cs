namespace Pix2Pix.Torch.Tests;

/// <summary>A clock that stands at zero when it is read first, and ten seconds later at each further reading.</summary>
internal sealed class SteadyTime : TimeProvider
{
    private long _readings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => TimeSpan.FromSeconds(10 * _readings++).Ticks;
}
