namespace Pix2Pix.ML;

/// <summary>
/// Memory of arrays that nobody needs any more. The collector does not hurry for it, and does not know that libtorch or ONNX Runtime will
/// want as much in a moment.
/// </summary>
internal static class Garbage
{
    /// <summary>Gives it back to the system. Pauses the process for some milliseconds: for the moment before what takes long.</summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
