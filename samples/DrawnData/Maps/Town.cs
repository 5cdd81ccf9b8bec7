using DrawnData.Painting;

namespace DrawnData.Maps;

/// <summary>A town from above: streets and an avenue around blocks, some of which are parks, and in most a river.</summary>
internal sealed class Town
{
    private const float StreetHalf = 0.02f;
    private const float AvenueHalf = 0.036f;
    private const float ParkShare = 0.18f;
    private const int AvenueStep = 8; // streets from one avenue to the next, of which small towns have one

    private readonly float _across; // of the town; 1 is what one picture of a pair shows
    private readonly float _down;

    private readonly float _cosine;
    private readonly float _sine;
    private readonly float _width;   // of a block with its street
    private readonly float _height;
    private readonly float _startX;
    private readonly float _startY;
    private readonly int _avenue;    // the street that is one
    private readonly bool _hasRiver;
    private readonly float _riverMiddle;
    private readonly float _riverSlope;
    private readonly float _riverBend;
    private readonly float _riverHalf;

    public Town(Variation vary, float across = 1, float down = 1)
    {
        (_across, _down) = (across, down);
        // The cosine and sine of a small angle, without functions that platforms round differently.
        float t = vary.Between(-0.2f, 0.2f);
        (_cosine, _sine) = ((1 - (t * t)) / (1 + (t * t)), 2 * t / (1 + (t * t)));
        (_width, _height) = (vary.Between(0.3f, 0.42f), vary.Between(0.26f, 0.36f));
        (_startX, _startY) = (vary.Between(0, _width), vary.Between(0, _height));
        _avenue = vary.Whole(0, 1);
        _hasRiver = vary.Chance(0.65f);
        (_riverMiddle, _riverSlope) = (vary.Between(0.1f, 0.9f), vary.Between(-0.4f, 0.4f));
        (_riverBend, _riverHalf) = (vary.Between(-0.9f, 0.9f), vary.Between(0.05f, 0.11f));
        Seed = vary.Whole(0, 1_000_000);
    }

    /// <summary>Of buildings, trees and roofs.</summary>
    public int Seed { get; }

    /// <summary>What is at a place of the picture.</summary>
    public TownPoint At(float x, float y)
    {
        // Along the streets, which do not run from north to south. The picture's middle stays where it is.
        float east = (_cosine * (x - 0.5f)) - (_sine * (y - 0.5f)) + 0.5f + _startX;
        float south = (_sine * (x - 0.5f)) + (_cosine * (y - 0.5f)) + 0.5f + _startY;
        int column = Noise.Floor(east / _width), row = Noise.Floor(south / _height);
        float u = east - (column * _width), v = south - (row * _height); // from the block's corner, where two streets meet
        if (OnRoad(u, v, column, east, south) is { } road)
            return road;

        if (_hasRiver)
        {
            float along = (y / _down) - 0.5f;
            float bank = x - (_across * (_riverMiddle + (_riverSlope * along) + (_riverBend * along * along)));
            if (MathF.Abs(bank) < _riverHalf)
                return new(TownPart.Water, (bank / (2 * _riverHalf)) + 0.5f, y);
        }

        int number = (row * 64) + column;
        return Noise.At(column, row, Seed) < ParkShare
            ? new(TownPart.Park, u / _width, v / _height, number)
            : InBlock(u / _width, v / _height, number);
    }

    // Streets run along the left and the upper border of each block, half of them on either side.
    private TownPoint? OnRoad(float u, float v, int column, float east, float south)
    {
        bool isRight = u > _width / 2;
        float across = isRight ? u - _width : u, half = IsAvenue(column + (isRight ? 1 : 0)) ? AvenueHalf : StreetHalf;
        if (MathF.Abs(across) < half)
            return new(half == AvenueHalf ? TownPart.Avenue : TownPart.Street, (across / (2 * half)) + 0.5f, south);

        float down = v > _height / 2 ? v - _height : v;
        return MathF.Abs(down) < StreetHalf ? new(TownPart.Street, (down / (2 * StreetHalf)) + 0.5f, east) : null;
    }

    private bool IsAvenue(int street) => (street - _avenue - 1) % AvenueStep == 0;

    // Two by two houses, or one large hall.
    private TownPoint InBlock(float u, float v, int block)
    {
        bool isHall = Noise.At(block, 1, Seed) < 0.25f;
        int parts = isHall ? 1 : 2;
        float inner = 0.13f; // of a block, for the street and a strip of land
        float across = (u - inner) / (1 - (2 * inner)) * parts, down = (v - inner) / (1 - (2 * inner)) * parts;
        if (across < 0 || across >= parts || down < 0 || down >= parts)
            return new(TownPart.Land);

        int number = (block * 4) + (Noise.Floor(down) * 2) + Noise.Floor(across);
        across -= Noise.Floor(across);
        down -= Noise.Floor(down);
        float left = 0.06f + (0.12f * Noise.At(number, 2, Seed)), right = 0.94f - (0.2f * Noise.At(number, 3, Seed));
        float top = 0.06f + (0.12f * Noise.At(number, 4, Seed)), foot = 0.94f - (0.2f * Noise.At(number, 5, Seed));
        bool isBuilt = isHall || Noise.At(number, 6, Seed) < 0.85f;
        return isBuilt && across >= left && across < right && down >= top && down < foot
            ? new(TownPart.Building, (across - left) / (right - left), (down - top) / (foot - top), isHall ? -number - 1 : number)
            : new(TownPart.Land);
    }
}
