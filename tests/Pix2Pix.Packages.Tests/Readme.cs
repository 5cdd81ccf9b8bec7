using System.Text.RegularExpressions;

namespace Pix2Pix.Packages.Tests;

/// <summary>The instructions in the README of the package Pix2Pix.ML.</summary>
internal sealed partial class Readme(string text)
{
    /// <summary>The commands that install it, with the package of this platform instead of that for Linux.</summary>
    public IEnumerable<string> Commands => Block("").TrimEnd().Replace("Cpu.linux-x64", $"Cpu.{Platform.Identifier}").Split('\n');

    /// <summary>Program.cs.</summary>
    public string Program => Block("csharp");

    private string Block(string language) => Blocks().Matches(text).Single(match => match.Groups[1].Value == language).Groups[2].Value;

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
