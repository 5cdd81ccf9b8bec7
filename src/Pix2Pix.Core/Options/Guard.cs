using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pix2Pix;

/// <summary>Argument checks of public members. The message contains the value, the range and the name of what was set.</summary>
internal static class Guard
{
    /// <summary>Returns <paramref name="value"/> if it is in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static T InRange<T>(T value, T min, T max, [CallerMemberName] string name = "")
        where T : IComparable<T>
    {
        // CompareTo treats NaN as the smallest number; NaN must fail both checks.
        if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)
            return value;
        throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a value from {min} to {max}.");
    }

    /// <summary>Returns <paramref name="value"/> if it is not null.</summary>
    public static T NotNull<T>(T value, [CallerMemberName] string name = "")
        where T : class
        => value ?? throw new ArgumentNullException(name);

    /// <summary>Returns <paramref name="value"/> if it is a named value of the enum.</summary>
    public static T Defined<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        if (Enum.IsDefined(value))
            return value;
        throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>Returns <paramref name="value"/> if it consists only of named flags of the enum.</summary>
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
