using Pix2Pix.ML.Inference;

namespace TranslationSpeed.Seams;

/// <summary>Where tiles meet along one side of an image.</summary>
/// <param name="Length">The side in pixels.</param>
/// <param name="Shared">From the first pixel of a tile to behind the last of the tile before it; empty where tiles only touch.</param>
internal sealed record TileBorders(int Length, IReadOnlyList<(int From, int To)> Shared)
{
    public static TileBorders Overlapping(int length, int tile, double overlap)
    {
        TileAxis axis = new(length, tile, overlap);
        return new(length, [.. Enumerable.Range(1, axis.Count - 1).Select(i => (axis.Start(i), axis.Start(i - 1) + tile))]);
    }

    public static TileBorders Touching(int length, int tile)
        => new(length, [.. Enumerable.Range(1, (length / tile) - 1).Select(i => (i * tile, i * tile))]);

    /// <summary>The pixels at which a tile begins, or the one before has ended.</summary>
    public IReadOnlySet<int> Places => Shared.SelectMany(s => (int[])[s.From, s.To]).ToHashSet();

    /// <summary>The pixels over which two tiles lie.</summary>
    public IReadOnlySet<int> Inside => Shared.SelectMany(s => Enumerable.Range(s.From, s.To - s.From)).ToHashSet();
}
