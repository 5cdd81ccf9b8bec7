namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>A clock that only moves when it is set.</summary>
internal sealed class ManualClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
