namespace Pix2Pix.ML;

/// <summary>
/// Releases the memory of unreachable arrays. The garbage collector delays this and does not know that libtorch or ONNX Runtime is about to
/// allocate as much.
/// </summary>
internal static class Garbage
{
    /// <summary>
    /// Returns the memory to the operating system. Pauses the process for some milliseconds; call it before long operations.
    /// </summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
