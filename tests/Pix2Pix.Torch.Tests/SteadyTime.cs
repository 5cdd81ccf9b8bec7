namespace Pix2Pix.Torch.Tests;

/// <summary>A clock that starts at zero and advances by ten seconds per reading.</summary>
internal sealed class SteadyTime : TimeProvider
{
    private long _readings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => TimeSpan.FromSeconds(10 * _readings++).Ticks;
}
