namespace Pix2Pix.Torch.Data;

/// <summary>The order in which an epoch visits the pairs.</summary>
internal static class PairOrder
{
    /// <summary>All positions once, shuffled by the seed and the epoch alone.</summary>
    public static int[] Shuffled(int count, int seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(Seeds.Derive(seed, Seeds.Purpose.Order, epoch)).Shuffle(order);
        return order;
    }
}
