using System.Numerics;
using static DrawnData.Objects.Paint;

namespace DrawnData.Objects;

/// <summary>Fruit: red apples, yellow-green pears.</summary>
internal static class Fruit
{
    private static readonly Paint Stalk = new(Rgb(0x6B4423));

    public static IEnumerable<IShape> Apple(Variation vary)
    {
        float w = vary.Near(0.62f, 0.08f), h = vary.Near(0.98f, 0.07f);
        Paint skin = new(Rgb(0xD01C25))
        {
            Gloss = 0.55f,
            Second = Rgb(0xE9A23B),
            Blend = p => 0.75f - (8 * new Vector2(p.X, p.Z).LengthSquared()) + (p.Y < h / 2 ? -1 : 0),
        };
        yield return new Lathe(
            skin,
            new(0, 0.09f * h), new(0.22f * w, 0.01f * h), new(0.55f * w, 0.07f * h), new(0.90f * w, 0.33f * h), new(w, 0.62f * h),
            new(0.86f * w, 0.88f * h), new(0.52f * w, h), new(0.22f * w, 0.95f * h), new(0, 0.82f * h));

        float bend = vary.Between(-0.08f, 0.08f);
        Vector3 foot = new(0, 0.82f * h, 0), middle = new(bend / 2, 1.05f * h, 0), top = new(bend * 2, 1.2f * h, 0);
        foreach (IShape part in Rod.Chain(Stalk, 0.028f, [foot, middle, top]))
            yield return part;

        yield return Leaf(vary, middle, 0.24f);
    }

    public static IEnumerable<IShape> Pear(Variation vary)
    {
        float w = vary.Near(0.55f, 0.08f), h = vary.Near(1.2f, 0.07f);
        Paint skin = new(Rgb(0xC3CE33)) { Gloss = 0.35f, Second = Rgb(0xE3B23A), Blend = p => 0.9f - (1.1f * p.Y / h) };
        yield return new Lathe(
            skin,
            new(0, 0.06f * h), new(0.25f * w, 0.01f * h), new(0.72f * w, 0.08f * h), new(w, 0.29f * h), new(0.92f * w, 0.48f * h),
            new(0.62f * w, 0.69f * h), new(0.44f * w, 0.85f * h), new(0.30f * w, 0.96f * h), new(0.12f * w, h), new(0, 0.985f * h));

        float bend = vary.Between(-0.1f, 0.1f);
        Vector3 foot = new(0, 0.98f * h, 0), middle = new(bend / 3, 1.07f * h, 0), top = new(bend, 1.15f * h, 0);
        foreach (IShape part in Rod.Chain(Stalk, 0.03f, [foot, middle, top]))
            yield return part;
    }

    private static Ellipsoid Leaf(Variation vary, Vector3 stalk, float length)
    {
        float turn = vary.Either(0, MathF.PI) + vary.Between(-0.5f, 0.5f);
        Quaternion pose = Quaternion.CreateFromYawPitchRoll(turn, 0.5f, 0.45f);
        Vector3 along = Vector3.Transform(Vector3.UnitX, pose);
        return new Ellipsoid(new(Rgb(0x3F9B3A)) { Gloss = 0.2f }, stalk + (length * along), new(length, 0.02f, 0.42f * length), pose);
    }
}
