namespace TrainingSpeed;

/// <summary>On what, and with what, both sides do their steps.</summary>
internal sealed record StepSetting(StepSize Size, ComputeDevice Device, StepPrecision Precision)
{
    /// <summary>Steps of a first turn that is not counted: kernels are chosen, memory is taken.</summary>
    public int WarmUp => Device == ComputeDevice.Cuda ? 8 : 2;
}
