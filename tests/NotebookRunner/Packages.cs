using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.ML;

namespace Pix2Pix.Notebooks;

/// <summary>
/// What a cell's <c>#r "nuget: NAME, VERSION"</c> brings: the assemblies of this build instead of those of a published package. So
/// notebooks are run against the code beside them.
/// </summary>
internal static partial class Packages
{
    private const string Library = "Pix2Pix.ML";
    private const string Natives = "Pix2Pix.Runtime.";

    /// <summary>The version of this build, which notebooks have to name.</summary>
    public static string Version { get; }
        = Main.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static Assembly Main => typeof(Pix2PixCatalog).Assembly;

    /// <summary>A cell's code with blank lines for its package directives, and the assemblies that these bring.</summary>
    /// <exception cref="NotSupportedException">A directive names another package, or another version than this build's.</exception>
    public static (string Code, IReadOnlyList<Assembly> Assemblies) Resolve(string code)
    {
        var assemblies = new List<Assembly>();
        var rest = Directive().Replace(code, match =>
        {
            assemblies.AddRange(Assemblies(match.Groups["name"].Value, match.Groups["version"].Value));
            return "";
        });
        return (rest, assemblies);
    }

    private static IEnumerable<Assembly> Assemblies(string name, string version)
    {
        if (name != Library && !name.StartsWith(Natives, StringComparison.Ordinal))
            throw new NotSupportedException($"#r names the package '{name}'; known are {Library} and {Natives}*.");
        if (version != Version)
            throw new NotSupportedException($"#r names version '{version}' of {name}; this build is {Version}.");
        return name == Library ? WithReferences(Main) : []; // native files lie beside the runner already
    }

    /// <summary>
    /// An assembly and all that it refers to, however far, but for the framework; each in the context that runs this code.
    /// </summary>
    private static HashSet<Assembly> WithReferences(Assembly assembly)
    {
        var found = new HashSet<Assembly> { assembly };
        var queue = new Queue<Assembly>(found);
        while (queue.TryDequeue(out var next))
        {
            foreach (var reference in next.GetReferencedAssemblies().Where(IsDeployed))
            {
                var loaded = AssemblyLoadContext.Default.LoadFromAssemblyName(reference);
                if (found.Add(loaded))
                    queue.Enqueue(loaded);
            }
        }

        return found;
    }

    private static bool IsDeployed(AssemblyName name) => File.Exists(Path.Combine(AppContext.BaseDirectory, name.Name + ".dll"));

    [GeneratedRegex("""^#r\s+"nuget:\s*(?<name>[^,"\s]+)\s*(,\s*(?<version>[^"\s]+)\s*)?"[^\n]*""", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
