using System.Numerics;
using static DrawnData.Objects.Paint;

namespace DrawnData.Objects;

/// <summary>From the garden: red mushrooms with white spots, green plants in clay pots.</summary>
internal static class Garden
{
    private const float GoldenAngle = 2.39996f;

    public static IEnumerable<IShape> Mushroom(Variation vary)
    {
        float w = vary.Near(0.66f, 0.09f), stem = vary.Near(0.19f, 0.12f);
        float rim = vary.Near(0.56f, 0.08f), top = rim + vary.Near(0.55f, 0.1f);
        Paint flesh = new(Rgb(0xFFFAF0));
        Paint skin = new(Rgb(0xD3301F)) { Gloss = 0.45f };
        yield return new Lathe(flesh, new(1.5f * stem, 0), new(1.55f * stem, 0.09f), new(1.05f * stem, 0.3f), new(stem, rim + 0.05f));
        yield return new Lathe(flesh, new(stem, rim + 0.04f), new(0.97f * w, rim - 0.03f));
        yield return new Lathe(
            skin, new(0.97f * w, rim - 0.03f), new(w, rim + 0.04f), new(0.90f * w, rim + 0.22f), new(0.55f * w, top - 0.09f), new(0, top));

        float turn = vary.Between(0, 6);
        for (int i = 0; i < 13; i++)
        {
            // Spots on the cap, spread by the golden angle; those nearer the rim stand steeper.
            float down = 1.5f * MathF.Sqrt((i + 0.4f) / 14), size = vary.Between(0.055f, 0.095f);
            Vector3 spot = new(0.98f * w * MathF.Sin(down), rim + 0.02f + ((top - rim - 0.03f) * MathF.Cos(down)), 0);
            Quaternion around = Quaternion.CreateFromAxisAngle(Vector3.UnitY, turn + (i * GoldenAngle));
            Quaternion tilt = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -0.9f * down);
            yield return new Ellipsoid(flesh, Vector3.Transform(spot, around), new(size, 0.03f, size), around * tilt);
        }
    }

    public static IEnumerable<IShape> Plant(Variation vary)
    {
        float w = vary.Near(0.40f, 0.1f), h = vary.Near(0.56f, 0.1f);
        Paint clay = new(Rgb(0xC8673A));
        Paint leaf = new(Rgb(0x3FA535)) { Gloss = 0.15f };
        yield return new Lathe(clay, new(0.72f * w, 0), new(0.93f * w, 0.74f * h));
        yield return new Lathe(clay, new(0.93f * w, 0.74f * h), new(1.06f * w, 0.74f * h));
        yield return new Lathe(clay, new(1.06f * w, 0.74f * h), new(1.1f * w, h));
        yield return new Lathe(clay, new(1.1f * w, h), new(0.97f * w, h));
        yield return new Lathe(new(Rgb(0x4A3222)), new(0.97f * w, 0.95f * h), new(0, 0.95f * h));

        float turn = vary.Between(0, 6);
        for (int i = 0; i < 13; i++)
        {
            // The first leaves stand upright in the middle, the later ones lean outwards.
            float lean = 0.15f + (0.085f * i) + vary.Between(-0.08f, 0.08f), length = vary.Near(0.40f - (0.008f * i), 0.1f);
            Quaternion around = Quaternion.CreateFromAxisAngle(Vector3.UnitY, turn + (i * GoldenAngle));
            Quaternion pose = around * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -lean);
            Vector3 along = Vector3.Transform(Vector3.UnitY, pose);
            yield return new Ellipsoid(leaf, new Vector3(0, 0.92f * h, 0) + (length * along), new(0.035f, length, 0.13f), pose);
        }
    }
}
