namespace TranslationSpeed;

/// <summary>Compares variants of a model's graph with the model itself: the time, and the difference of the images.</summary>
internal static class GraphsBenchmark
{
    public static void Run(IReadOnlyList<string> files, int size, int images, int chunk)
    {
        byte[] image = Abgr(size);
        List<BareSession> sessions = [];
        Turns turns = new();
        foreach (string file in files)
        {
            BareSession session = new(file, size, stopSpinning: true); // the threads of one session must not slow down the others
            image.CopyTo(session.Input, 0);
            sessions.Add(session);
            turns.Add(Path.GetFileNameWithoutExtension(file), count =>
            {
                for (int i = 0; i < count; i++)
                    session.Run();
            });
        }

        turns.Run(images, chunk);
        foreach (var (file, session) in files.Zip(sessions).Skip(1))
        {
            int[] apart = [.. session.Output.Zip(sessions[0].Output, (one, other) => Math.Abs(one - other))];
            Console.WriteLine($"{Path.GetFileNameWithoutExtension(file)}: images differ by at most {apart.Max()} levels, {apart.Average():0.000} on average");
        }

        sessions.ForEach(session => session.Dispose());
    }

    private static byte[] Abgr(int size)
    {
        using var image = Model.Draw(seed: 1, size, size);
        byte[] bgra = image.Pixels.ToArray();
        byte[] abgr = new byte[bgra.Length];
        for (int i = 0; i < abgr.Length; i += 4)
        {
            abgr[i] = bgra[i + 3];
            bgra.AsSpan(i, 3).CopyTo(abgr.AsSpan(i + 1));
        }

        return abgr;
    }
}
