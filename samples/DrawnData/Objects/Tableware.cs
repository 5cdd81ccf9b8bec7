using System.Numerics;
using static DrawnData.Objects.Paint;

namespace DrawnData.Objects;

/// <summary>Tableware: blue mugs of coffee, green bottles, violet vases.</summary>
internal static class Tableware
{
    public static IEnumerable<IShape> Mug(Variation vary)
    {
        float w = vary.Near(0.47f, 0.1f), h = vary.Near(0.98f, 0.1f), waist = vary.Between(0.9f, 1.02f);
        Paint glaze = new(Rgb(0x1F63C6)) { Gloss = 0.6f };
        yield return new Lathe(
            glaze, new(0.80f * w, 0), new(0.93f * w, 0.04f), new(waist * w, 0.25f * h), new(waist * w, 0.6f * h), new(w, h));
        yield return new Lathe(glaze, new(w, h), new(0.97f * w, h + 0.025f), new(0.91f * w, h));
        yield return new Lathe(glaze, new(0.91f * w, h), new(0.86f * w, 0.5f * h));
        yield return new Lathe(new(Rgb(0x5A3419)) { Gloss = 0.3f }, new(0.9f * w, 0.92f * h), new(0, 0.92f * h));

        float turn = vary.Either(0, MathF.PI) + vary.Between(-0.55f, 0.35f);
        Vector3 side = new(MathF.Cos(turn), 0, MathF.Sin(turn));
        List<Vector3> handle = [];
        for (float angle = -1.75f; angle <= 1.76f; angle += 0.25f)
            handle.Add((((0.93f * w) + (0.30f * MathF.Cos(angle))) * side) + new Vector3(0, h * (0.52f + (0.29f * MathF.Sin(angle))), 0));
        foreach (IShape part in Rod.Chain(glaze, 0.062f, handle))
            yield return part;
    }

    public static IEnumerable<IShape> Bottle(Variation vary)
    {
        float w = vary.Near(0.40f, 0.1f), h = vary.Near(1.36f, 0.05f), shoulder = vary.Between(0.52f, 0.62f) * h;
        Paint glass = new(Rgb(0x14633A)) { Gloss = 0.9f };
        Paint paper = new(Rgb(0xFFFAEE));
        yield return new Lathe(
            glass,
            new(0.85f * w, 0), new(w, 0.05f), new(w, 0.3f * h), new(w, shoulder), new(0.82f * w, shoulder + (0.11f * h)),
            new(0.36f * w, shoulder + (0.22f * h)), new(0.29f * w, 0.9f * h), new(0.29f * w, 0.94f * h));
        yield return new Lathe(
            glass, new(0.29f * w, 0.93f * h), new(0.36f * w, 0.935f * h), new(0.36f * w, 0.97f * h), new(0.24f * w, 0.975f * h));
        yield return new Lathe(paper, new(1.015f * w, 0.14f * h), new(1.015f * w, 0.44f * h));
        yield return new Lathe(new(Rgb(0xC59A6B)), new(0.23f * w, 0.97f * h), new(0.24f * w, 1.03f * h), new(0, 1.035f * h));
    }

    public static IEnumerable<IShape> Vase(Variation vary)
    {
        float w = vary.Near(0.55f, 0.1f), h = vary.Near(1.25f, 0.07f), neck = vary.Between(0.36f, 0.48f), band = 0.42f * h;
        Paint glaze = new(Rgb(0x7B3FB5))
        {
            Gloss = 0.6f,
            Second = Rgb(0xF2E3F7),
            Blend = p => 30 * (0.055f - MathF.Abs(p.Y - band)),
        };
        yield return new Lathe(
            glaze,
            new(0.48f * w, 0), new(0.54f * w, 0.04f), new(0.82f * w, 0.22f * h), new(w, 0.45f * h), new(0.86f * w, 0.66f * h),
            new(neck * w, 0.84f * h), new(neck * w, 0.91f * h), new((neck + 0.22f) * w, h));
        yield return new Lathe(glaze, new((neck + 0.22f) * w, h), new(neck * w * 0.9f, 0.9f * h));
    }
}
