using System.Numerics;
using DrawnData.Painting;
using Pix2Pix.Imaging;
using static DrawnData.Painting.Tone;

namespace DrawnData.Maps;

/// <summary>A town photographed from the air: roofs with their shadows, trees, asphalt, water; the sun is in the upper left.</summary>
internal sealed class AerialPhoto(Town town)
{
    private const float Shadow = 0.02f;
    private const float TreeGrid = 0.045f; // one tree at most in each square of it

    public PixelImage Paint(int size) => Canvas.Photograph(size, Color);

    private Vector3 Color(float x, float y)
    {
        TownPoint point = town.At(x, y);
        if (point.Part == TownPart.Building)
            return Roof(point, x, y);

        Vector3 color = point.Part switch
        {
            TownPart.Water => Water(point, x, y),
            TownPart.Street => Asphalt(x, y, point, dashes: 0.1f),
            TownPart.Avenue => Asphalt(x, y, point, dashes: 0.05f),
            TownPart.Park => Tree(x, y, 0.8f) ?? Grass(x, y),
            _ => Tree(x, y, 0.3f) ?? Yard(x, y),
        };
        return town.At(x - Shadow, y - Shadow).Part == TownPart.Building ? color * 0.5f : color;
    }

    // Halls have flat roofs of gray; houses have two slopes of tiles, of which one is in the light.
    private Vector3 Roof(TownPoint point, float x, float y)
    {
        float grain = 0.92f + (0.16f * Noise.Smooth(70 * x, 70 * y, town.Seed + 2));
        if (point.Number < 0)
        {
            bool isRim = point.U is < 0.05f or > 0.95f || point.V is < 0.05f or > 0.95f;
            float vent = Noise.At(Noise.Floor(point.U * 7), Noise.Floor(point.V * 7), town.Seed - point.Number);
            return Of(0xB4B2AC) * grain * (isRim ? 1.18f : vent > 0.9f ? 0.7f : 1);
        }

        Vector3 tiles = Mix(Of(0x8B5040), Of(0xA87862), Noise.At(point.Number, 7, town.Seed));
        return tiles * grain * (point.V < 0.5f ? 1.18f : 0.78f);
    }

    private Vector3 Asphalt(float x, float y, TownPoint point, float dashes)
    {
        float dash = point.V / dashes;
        bool isLine = MathF.Abs(point.U - 0.5f) < 0.05f && dash - Noise.Floor(dash) < 0.55f;
        bool isKerb = point.U is < 0.1f or > 0.9f;
        float grain = 0.9f + (0.2f * Noise.Smooth(50 * x, 50 * y, town.Seed + 3));
        return isLine ? Of(0xD9D6CC) : (isKerb ? Of(0x9A968E) : Of(0x6A6B6E)) * grain;
    }

    private Vector3 Water(TownPoint point, float x, float y)
    {
        float ripple = Noise.Smooth(18 * x, 50 * y, town.Seed + 4), shallow = Step(0.3f, 0.5f, MathF.Abs(point.U - 0.5f));
        return Mix(Of(0x22404A), Of(0x4A6A5E), shallow) * (0.9f + (0.25f * ripple));
    }

    private Vector3 Grass(float x, float y) => Mix(Of(0x63804A), Of(0x86995A), Noise.Smooth(12 * x, 12 * y, town.Seed + 5));

    private Vector3 Yard(float x, float y) => Mix(Of(0x8F9270), Of(0xB0A385), Noise.Smooth(16 * x, 16 * y, town.Seed + 6));

    // The crown above a place, round and lit from the upper left; or none.
    private Vector3? Tree(float x, float y, float share)
    {
        int column = Noise.Floor(x / TreeGrid), row = Noise.Floor(y / TreeGrid);
        for (int near = 0; near < 9; near++)
        {
            int treeX = column + (near % 3) - 1, treeY = row + (near / 3) - 1;
            if (Noise.At(treeX, treeY, town.Seed + 7) > share)
                continue;

            float radius = TreeGrid * (0.4f + (0.25f * Noise.At(treeX, treeY, town.Seed + 8)));
            float across = (x - (TreeGrid * (treeX + 0.2f + (0.6f * Noise.At(treeX, treeY, town.Seed + 9))))) / radius;
            float down = (y - (TreeGrid * (treeY + 0.2f + (0.6f * Noise.At(treeX, treeY, town.Seed + 10))))) / radius;
            if ((across * across) + (down * down) < 1)
                return Mix(Of(0x5E8046), Of(0x1D3320), 0.5f + (0.45f * (across + down)));
        }

        return null;
    }
}
