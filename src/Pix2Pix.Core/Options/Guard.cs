using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pix2Pix;

/// <summary>Checks at the public doors. The message carries the value, the range and the name of what was set.</summary>
internal static class Guard
{
    /// <summary>Returns <paramref name="value"/> where it lies in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static T InRange<T>(T value, T min, T max, [CallerMemberName] string name = "")
        where T : IComparable<T>
    {
        // CompareTo would let NaN pass as the smallest number; it must fail on both sides.
        if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)
            return value;
        throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a value from {min} to {max}.");
    }

    /// <summary>Returns <paramref name="value"/> where it is not null.</summary>
    public static T NotNull<T>(T value, [CallerMemberName] string name = "")
        where T : class
        => value ?? throw new ArgumentNullException(name);

    /// <summary>Returns <paramref name="value"/> where it is one of the enum's named values.</summary>
    public static T Defined<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        if (Enum.IsDefined(value))
            return value;
        throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>Returns <paramref name="value"/> where it is made of the enum's named flags alone.</summary>
    public static T DefinedFlags<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().Aggregate(0L, (all, flag) => all | Convert.ToInt64(flag, CultureInfo.InvariantCulture));
        if ((Convert.ToInt64(value, CultureInfo.InvariantCulture) & ~known) == 0)
            return value;
        throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}; expected any of {string.Join(", ", Enum.GetNames<T>())} together.");
    }
}
