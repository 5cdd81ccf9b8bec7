namespace TrainingSpeed;

/// <summary>On what, and with what, both sides do their steps.</summary>
/// <param name="Size">The images and the networks.</param>
/// <param name="Device">Where.</param>
/// <param name="Precision">What both compute with.</param>
/// <param name="ChannelsLast">Whether our maps are laid out channels last.</param>
internal sealed record StepSetting(StepSize Size, ComputeDevice Device, StepPrecision Precision, bool ChannelsLast)
{
    /// <summary>Steps of a first turn that is not counted: kernels are chosen, memory is taken.</summary>
    public int WarmUp => Device == ComputeDevice.Cuda ? 8 : 2;
}
