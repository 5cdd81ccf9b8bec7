using System.Runtime.CompilerServices;
using TorchSharp;

namespace LifetimeProbe;

/// <summary>
/// TorchSharp's counters. A tensor that is disposed is reachable until then, so it cannot be finalized while native code uses
/// it; a tensor that is left to the finalizer can.
/// </summary>
internal static class Tensors
{
    /// <summary>
    /// Tensors that the calling thread created outside a dispose scope. Batches are made on other threads, which this does not see; the
    /// finalizer's count includes them.
    /// </summary>
    public static long CreatedOutsideScopes => DisposeScopeManager.Statistics.TensorStatistics.CreatedOutsideScopeCount;

    /// <summary>Tensors of any thread that the finalizer has freed so far.</summary>
    public static long Finalized()
    {
        Finish();
        Probe();
        Finish();
        return CountOnFinalizerThread.Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Probe() => _ = new CountOnFinalizerThread();

    private static void Finish()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    // TorchSharp counts per thread, so the count is read on the finalizer's thread.
    private sealed class CountOnFinalizerThread
    {
        private static long Finalizations;

        public static long Count => Interlocked.Read(ref Finalizations);

        ~CountOnFinalizerThread()
        {
            var tensors = DisposeScopeManager.Statistics.TensorStatistics;
            Interlocked.Exchange(ref Finalizations, tensors.DisposedInScopeCount + tensors.DisposedOutsideScopeCount);
        }
    }
}
