namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>A clock that moves by hand alone.</summary>
internal sealed class HandClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
