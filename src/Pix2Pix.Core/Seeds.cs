namespace Pix2Pix;

/// <summary>
/// Derives the seeds of independent random streams from one seed. No random generator state is carried from step to step,
/// so step 1000 draws the same numbers whether or not the process ran the 999 steps before it.
/// </summary>
internal static class Seeds
{
    /// <summary>Derives a seed for the given stream and position with the finalizer of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    public static int Derive(int seed, Stream stream, long first = 0, long second = 0)
    {
        unchecked
        {
            var state = Mix((ulong)seed);
            state = Mix(state + (ulong)stream);
            state = Mix(state + (ulong)first);
            state = Mix(state + (ulong)second);
            return (int)(state >> 32);
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>The random streams: what a seed is used for.</summary>
    public enum Stream
    {
        GeneratorWeights = 1,
        DiscriminatorWeights,
        Order,
        Augmentation,
        Dropout,
        ImagePool,
        DiscriminatorAugmentation,
        GradientPenalty,
        Validation,
        KernelDistance,
    }
}
