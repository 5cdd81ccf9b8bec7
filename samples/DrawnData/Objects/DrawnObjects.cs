using System.Numerics;
using Pix2Pix.Imaging;

namespace DrawnData.Objects;

/// <summary>Draws photos of things on a table. Shape and color belong together, so that edges tell the colors.</summary>
public static class DrawnObjects
{
    private static readonly (string Name, Func<Variation, IEnumerable<IShape>> Build)[] Kinds =
    [
        ("apple", Fruit.Apple),
        ("bottle", Tableware.Bottle),
        ("lamp", Furniture.Lamp),
        ("mug", Tableware.Mug),
        ("mushroom", Garden.Mushroom),
        ("pear", Fruit.Pear),
        ("plant", Garden.Plant),
        ("vase", Tableware.Vase),
    ];

    /// <summary>
    /// <paramref name="count"/> photos of <paramref name="size"/> x <paramref name="size"/> pixels, the kinds in turn, named like
    /// <c>mug-02</c>. The same <paramref name="seed"/> gives the same photos.
    /// </summary>
    public static (string Name, PixelImage Photo)[] Draw(int count, int size, int seed) =>
    [
        .. Enumerable.Range(0, count).AsParallel().AsOrdered().Select(number =>
            ($"{Kinds[number % Kinds.Length].Name}-{number / Kinds.Length:00}", Photograph(number, size, seed))),
    ];

    /// <summary>One photo: the kinds follow each other in turn.</summary>
    public static PixelImage Photograph(int number, int size, int seed)
    {
        var vary = Variation.Of(seed, number);
        return Camera.Photograph(Arrange(Kinds[number % Kinds.Length].Build(vary), vary), size);
    }

    // The object stays where it is; the light and the camera move a little. The camera comes as near as the object allows.
    private static Scene Arrange(IEnumerable<IShape> shapes, Variation vary)
    {
        IShape[] parts = [.. shapes];
        Box box = parts.Select(part => part.Bounds).Aggregate((all, next) => all.With(next));
        float half = MathF.Max(box.High.X - box.Low.X, box.High.Y) / 2;
        float x = box.Centre.X + (vary.Between(-0.1f, 0.1f) * half), y = (box.High.Y / 2) - (vary.Between(0.0f, 0.08f) * half);
        return new Scene(parts)
        {
            Light = Vector3.Normalize(new(vary.Between(-0.85f, -0.6f), vary.Between(0.8f, 1.0f), vary.Between(0.65f, 0.9f))),
            Brightness = vary.Near(0.95f, 0.06f),
            Eye = new(x, y + 1.25f, half * vary.Between(7.0f, 8.0f)),
            LookAt = new(x, y, 0),
        };
    }
}
