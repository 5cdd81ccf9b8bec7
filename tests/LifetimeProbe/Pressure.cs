namespace LifetimeProbe;

/// <summary>Causes garbage collections at any time: some threads allocate, one collects.</summary>
internal static class Pressure
{
    private const int AllocatingThreads = 4;

    public static void Start()
    {
        for (var i = 0; i < AllocatingThreads; i++)
            new Thread(Allocate) { IsBackground = true }.Start();
        new Thread(Collect) { IsBackground = true }.Start();
    }

    private static void Allocate()
    {
        while (true)
        {
            var bytes = new byte[80_000];
            if (bytes[5] == 1)
                Console.Write(string.Empty); // never happens, but prevents the compiler from removing the allocation
        }
    }

    private static void Collect()
    {
        while (true)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
            Thread.Yield();
        }
    }
}
