namespace TrainingSpeed;

/// <summary>The setting of both sides.</summary>
/// <param name="Size">The images and the networks.</param>
/// <param name="Device">The device.</param>
/// <param name="Precision">The precision.</param>
/// <param name="ChannelsLast">Whether our activations have the channels-last layout.</param>
internal sealed record StepSetting(StepSize Size, ComputeDevice Device, StepPrecision Precision, bool ChannelsLast)
{
    /// <summary>The number of warm-up steps, in which kernels are chosen and memory is allocated.</summary>
    public int WarmUp => Device == ComputeDevice.Cuda ? 8 : 2;
}
