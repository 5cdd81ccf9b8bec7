namespace TranslationSpeed;

/// <summary>Compares session settings on this machine.</summary>
internal static class ExecutionBenchmark
{
    public static void Run(Model model, int images, int chunk)
    {
        List<BareSession> sessions = [];
        Turns turns = new();
        foreach (var (threads, spinning, batch) in Ways())
        {
            BareSession session = new(model.Onnx, model.Size, batch, threads, spinning);
            sessions.Add(session);
            turns.Add($"{threads} threads, {(spinning ? "spinning" : "blocking")}, batch {batch}", count =>
            {
                for (int done = 0; done < count; done += batch)
                    session.Run();
            });
        }

        turns.Run(images, chunk);
        sessions.ForEach(session => session.Dispose());
    }

    private static IEnumerable<(int Threads, bool Spinning, int Batch)> Ways()
    {
        int cores = Environment.ProcessorCount;
        yield return (cores, true, 1);
        yield return (cores, false, 1);
        yield return (1, false, 1);
        yield return (2 * cores, false, 1);
        yield return (cores, false, 4);
        yield return (cores, false, 8);
    }
}
