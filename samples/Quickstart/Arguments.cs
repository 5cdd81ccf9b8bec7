using System.CommandLine;
using System.Globalization;

namespace Quickstart;

/// <summary>Kinds of command line options, with messages that say what was expected.</summary>
internal static class Arguments
{
    /// <summary>The path of a folder.</summary>
    public static Option<string?> Folder(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DIR",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (!string.IsNullOrWhiteSpace(text))
                return text;

            argument.AddError($"{name} is empty; expected the path of a folder.");
            return null;
        },
    };

    /// <summary>A whole number of <paramref name="least"/> to <paramref name="most"/>, a multiple of <paramref name="step"/>.</summary>
    public static Option<int?> Number(string name, string description, int least, int most, int step = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most && number % step == 0)
                return number;

            string kind = step == 1 ? "a whole number" : $"a multiple of {step}";
            argument.AddError($"{name} is '{text}'; expected {kind} from {least} to {most}.");
            return null;
        },
    };

    /// <summary>A number of <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<double?> Decimal(string name, string description, double least, double most) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
                return number;

            argument.AddError($"{name} is '{text}'; expected a number from {least} to {most}, with a point before the decimals, as 0.5.");
            return null;
        },
    };

    /// <summary>The name of one of <paramref name="choices"/>, in any case.</summary>
    public static Option<T?> Choice<T>(string name, string description, T[] choices)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', choices.Select(NameOf)),
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                foreach (T choice in choices)
                {
                    if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
                        return choice;
                }

                argument.AddError($"{name} is '{text}'; expected {string.Join(" or ", choices.Select(NameOf))}.");
                return null;
            },
        };

    // As one types it: words in lower case; AtoB as it is.
    private static string NameOf<T>(T choice)
        where T : struct, Enum
    {
        string name = choice.ToString();
        return name.Skip(1).Any(char.IsUpper) ? name : name.ToLowerInvariant();
    }
}
