using System.Globalization;

namespace Pix2Pix.Tests;

/// <summary>The full error message of an option that is out of range.</summary>
internal static class RangeError
{
    public static void Assert(string name, IFormattable value, string min, string max, Func<object> set)
    {
        var text = value.ToString(null, CultureInfo.InvariantCulture);
        AssertText(name, text, $"{name} is {text}; expected a value from {min} to {max}.", set);
    }

    public static void AssertEnum(string name, int value, string known, Func<object> set)
        => AssertText(name, $"{value}", $"{name} is {value}; expected one of {known}.", set);

    private static void AssertText(string name, string value, string text, Func<object> set)
    {
        var error = Xunit.Assert.Throws<ArgumentOutOfRangeException>(set);
        Xunit.Assert.Equal(name, error.ParamName);
        Xunit.Assert.Equal($"{text} (Parameter '{name}'){Environment.NewLine}Actual value was {value}.", error.Message);
    }
}
