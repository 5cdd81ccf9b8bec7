using System.Numerics;
using DrawnData.Painting;
using Pix2Pix.Imaging;
using static DrawnData.Painting.Tone;

namespace DrawnData.Fronts;

/// <summary>The photograph of a front: brick or plaster, tiles, panes that mirror the sky, light from the upper left.</summary>
internal sealed class FrontPhoto(Front front)
{
    private const float Shadow = 0.016f;

    private static readonly Vector3 White = Of(0xF4F1EA);

    public PixelImage Paint(int size) => Canvas.Photograph(size, Color);

    private Vector3 Color(float x, float y)
    {
        FrontPoint point = front.At(x, y);
        Vector3 color = point.Part switch
        {
            FrontPart.Sky => Sky(x, y),
            FrontPart.Roof => Roof(x, y),
            FrontPart.Window => Window(point),
            FrontPart.Sill => Mix(White, Of(0x8A857C), point.V),
            FrontPart.Shutter => Shutter(point),
            FrontPart.Door => Door(point),
            FrontPart.Pavement => Pavement(x, point.V),
            _ => front.HasShutters ? Plaster(x, y) : Brick(x, y),
        };
        return point.Part == FrontPart.Sky ? color : color * front.Brightness * Light(point.Part, x, y);
    }

    // Less light to the right; shadows below and to the right of what stands out.
    private float Light(FrontPart part, float x, float y)
    {
        float light = 1.04f - (0.12f * x);
        if (part is not (FrontPart.Wall or FrontPart.Window or FrontPart.Door))
            return light;

        FrontPart towards = front.At(x - (Shadow / 2), y - Shadow).Part;
        bool isShaded = towards is FrontPart.Roof or FrontPart.Sill or FrontPart.Shutter
            || (part is FrontPart.Window or FrontPart.Door && towards == FrontPart.Wall);
        return isShaded ? 0.6f * light : light;
    }

    private Vector3 Sky(float x, float y)
    {
        float cloud = Noise.Smooth(4 * x, 9 * y, front.Seed) + (0.5f * Noise.Smooth(9 * x, 20 * y, front.Seed + 1));
        return Mix(Mix(Of(0x6FA5DC), Of(0xC9DEF2), 1.4f * y), Of(0xF5F8FB), Step(0.7f, 1.3f, cloud));
    }

    private Vector3 Roof(float x, float y)
    {
        // Rows of tiles, each darker at its lower edge.
        float row = y * 34, tile = (x * 30) + (0.5f * (Noise.Floor(row) & 1));
        float edge = Step(0.6f, 1, row - Noise.Floor(row));
        float shade = 0.86f + (0.22f * Noise.At(Noise.Floor(tile), Noise.Floor(row), front.Seed)) - (0.3f * edge);
        return (front.HasShutters ? Of(0xB4583A) : Of(0x59616E)) * shade;
    }

    private Vector3 Brick(float x, float y)
    {
        float row = y * 30, brick = (x * 15) + (0.5f * (Noise.Floor(row) & 1));
        float across = brick - Noise.Floor(brick), down = row - Noise.Floor(row);
        if (across < 0.1f || down < 0.2f)
            return Of(0xC3AC99); // mortar

        float fired = Noise.At(Noise.Floor(brick), Noise.Floor(row), front.Seed);
        return Mix(Of(0x8E3B2B), Of(0xBF6146), fired);
    }

    private Vector3 Plaster(float x, float y)
    {
        float stain = Noise.Smooth(6 * x, 3 * y, front.Seed), grain = Noise.Smooth(60 * x, 60 * y, front.Seed + 1);
        return Mix(Of(0xE9CB86), Of(0xD2AC68), stain) * (0.95f + (0.1f * grain));
    }

    // A frame with a cross; behind the panes the dark of the room, before them the sky.
    private Vector3 Window(FrontPoint point)
    {
        bool isUpright = MathF.Abs(point.U - 0.5f) is < 0.05f or > 0.4f;
        bool isFrame = isUpright || MathF.Abs(point.V - 0.4f) < 0.035f || point.V is < 0.07f or > 0.93f;
        if (isFrame)
            return White;

        float slope = point.V + (0.5f * point.U), turn = 0.3f * Noise.At(point.Number, 0, front.Seed);
        return Mix(Of(0x9DBBD4), Of(0x24303C), Step(0.15f + turn, 0.75f + turn, slope));
    }

    private static Vector3 Shutter(FrontPoint point)
    {
        float slat = point.V * 9;
        bool isFrame = point.U is < 0.14f or > 0.86f || point.V is < 0.05f or > 0.95f;
        return Of(0x2F6B54) * (isFrame ? 1 : 0.7f + (0.45f * (slat - Noise.Floor(slat))));
    }

    private static Vector3 Door(FrontPoint point)
    {
        if (point.V < 0.2f)
            return point.V is < 0.04f or > 0.16f ? White : Of(0x55708A); // the light above it

        float across = MathF.Abs(point.U - 0.5f), down = MathF.Abs(point.V - 0.6f);
        if (across > 0.42f)
            return White;

        bool isPanel = across is > 0.06f and < 0.34f && down is > 0.05f and < 0.32f;
        bool isKnob = point.U is > 0.52f and < 0.6f && down < 0.03f;
        return isKnob ? Of(0xE0C060) : Of(0x6B3F22) * (isPanel ? 0.75f : 1.1f);
    }

    private Vector3 Pavement(float x, float down)
    {
        int row = down > 0.45f ? 1 : 0;
        float slab = (x * 9) + (0.5f * row), shade = 0.9f + (0.2f * Noise.At(Noise.Floor(slab), row, front.Seed));
        bool isJoint = slab - Noise.Floor(slab) < 0.06f || MathF.Abs(down - 0.45f) < 0.05f;
        return Of(0x9C968D) * (isJoint ? 0.7f : shade);
    }
}
