using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Pix2Pix.Notebooks;

/// <summary>Runs cells one after the other, as C# scripts in which each sees what those before it declared. Not thread-safe.</summary>
internal sealed class ScriptSession : IDisposable
{
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly HashSet<string> _referenced = [];
    private ScriptOptions _options;
    private ScriptState<object>? _state;

    public ScriptSession()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        _options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Text", "System.Threading.Tasks", "Pix2Pix.Notebooks")
            .AddReferences(TrustedAssemblies().Where(path => Path.GetDirectoryName(path) == framework)
                .Select(path => MetadataReference.CreateFromFile(path)));
        Reference(typeof(Display).Assembly);
    }

    /// <summary>Runs a cell to its end, with what it awaits.</summary>
    /// <exception cref="CompilationErrorException">The cell is no C# that compiles after the cells before it.</exception>
    /// <exception cref="NotSupportedException">It refers to an unknown package.</exception>
    public IReadOnlyList<CellOutput> Run(string cell)
    {
        var (code, assemblies) = Packages.Resolve(cell);
        foreach (var assembly in assemblies)
            Reference(assembly);

        using var recorder = new OutputRecorder();
        _state = _state is null
            ? CSharpScript.Create<object>(code, _options, globalsType: null, _loader).RunAsync().GetAwaiter().GetResult()
            : _state.ContinueWithAsync<object>(code, _options).GetAwaiter().GetResult();
        if (_state.ReturnValue is { } result)
            recorder.AddResult(result);
        return recorder.Outputs;
    }

    public void Dispose() => _loader.Dispose();

    // Registered, too, or the script would load a second copy of the assembly from its file.
    private void Reference(Assembly assembly)
    {
        if (!_referenced.Add(assembly.Location))
            return;
        _options = _options.AddReferences(MetadataReference.CreateFromFile(assembly.Location));
        _loader.RegisterDependency(assembly);
    }

    private static string[] TrustedAssemblies()
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
