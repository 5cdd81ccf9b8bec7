using static DrawnData.Objects.Paint;

namespace DrawnData.Objects;

/// <summary>Furniture: yellow lamps on brass feet.</summary>
internal static class Furniture
{
    public static IEnumerable<IShape> Lamp(Variation vary)
    {
        float w = vary.Near(0.58f, 0.08f), top = vary.Near(1.3f, 0.04f), rim = vary.Near(0.66f, 0.06f), narrow = vary.Between(0.5f, 0.66f);
        Paint brass = new(Rgb(0xA87B32)) { Gloss = 0.8f };
        Paint cloth = new(Rgb(0xFFC02E))
        {
            Glow = 0.35f,
            Second = Rgb(0xE08A12),
            Blend = p => 40 * (0.03f - MathF.Min(p.Y - rim, top - p.Y)), // the hems
        };
        Paint lining = new(Rgb(0xFFE9A8)) { Glow = 0.7f };
        yield return new Lathe(brass, new(0.36f, 0), new(0.36f, 0.04f), new(0.16f, 0.1f), new(0.06f, 0.16f), new(0.05f, 0.3f));
        yield return new Lathe(brass, new(0.05f, 0.28f), new(0.12f, 0.38f), new(0.12f, 0.46f), new(0.045f, 0.54f), new(0.045f, 0.8f));
        yield return new Lathe(cloth, new(w, rim), new(narrow * w, top));
        yield return new Lathe(lining, new(0.99f * narrow * w, top), new(0.99f * w, rim));
    }
}
