using System.Text.RegularExpressions;

namespace Consumer.Tests;

/// <summary>Dependencies between the folders of a library go one way.</summary>
public sealed partial class FolderDependencyTests
{
    [Theory]
    [InlineData("Pix2Pix.Core")]
    [InlineData("Pix2Pix.Torch")]
    [InlineData("Pix2Pix.ML")]
    public void Folders_OfALibrary_DoNotDependOnEachOther(string library)
    {
        var root = Path.Combine(Repository.Root, "src", library);
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Folder: Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "",
                Code: NoCode().Replace(File.ReadAllText(path), " ")))
            .Where(file => file.Folder is not ("" or "bin" or "obj"))
            .ToArray();
        var homes = files
            .SelectMany(file => Declaration().Matches(file.Code).Select(match => (Type: match.Groups[1].Value, file.Folder)))
            .Distinct()
            .GroupBy(declared => declared.Type)
            .Where(group => group.Count() == 1) // a name that occurs in two folders is ambiguous
            .ToDictionary(group => group.Key, group => group.Single().Folder);
        var uses = files
            .SelectMany(file => Word().Matches(file.Code).Select(match => match.Value).Distinct()
                .Where(homes.ContainsKey)
                .Select(type => (From: file.Folder, To: homes[type])))
            .Where(use => use.From != use.To)
            .ToHashSet();

        Assert.True(uses.Count > 2, $"{library} has no folders that use each other.");
        Assert.DoesNotContain(uses, use => uses.Contains((use.To, use.From)));
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(?:\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex NoCode();

    [GeneratedRegex(@"^(?:public|internal) (?:\w+ )*?(?:record struct|record|class|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();
}
