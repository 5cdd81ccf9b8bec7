namespace DrawnData.Maps;

/// <summary>What a street map tells apart.</summary>
internal enum TownPart
{
    Land,
    Building,
    Park,
    Water,
    Street,
    Avenue,
}
