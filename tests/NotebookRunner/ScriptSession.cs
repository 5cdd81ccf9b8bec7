using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Pix2Pix.Notebooks;

/// <summary>Runs cells one after the other, as C# scripts in which each sees what those before it declared. Not thread-safe.</summary>
internal sealed partial class ScriptSession : IDisposable
{
    // The framework's references, read once: there are more than a hundred.
    private static readonly MetadataReference[] Framework = ReadFramework();

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly HashSet<string> _referenced = [];
    private ScriptOptions _options;
    private ScriptState<object>? _state;

    public ScriptSession()
    {
        _options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithImports(
                "System", "System.Collections.Generic", "System.Linq", "System.Text", "System.Threading.Tasks", "Pix2Pix.Notebooks")
            .AddReferences(Framework);
        Reference(typeof(Display).Assembly);
    }

    /// <summary>Runs a cell to its end, with what it awaits.</summary>
    /// <exception cref="CompilationErrorException">The cell is no C# that compiles after the cells before it.</exception>
    /// <exception cref="NotSupportedException">It refers to an unknown package, or holds a command of the kernel.</exception>
    /// <exception cref="TimeoutException">
    /// It takes longer than the limit. It is left running; the session is of no use any more.
    /// </exception>
    public IReadOnlyList<CellOutput> Run(string cell, TimeSpan limit)
    {
        // Roslyn would take one on the first line for a comment, and run the rest as C#.
        if (Command().Match(cell) is { Success: true } command)
            throw new NotSupportedException($"'{command.Value.Trim()}' is a command of .NET Interactive; this runner runs C# alone.");
        var (code, assemblies) = Packages.Resolve(cell);
        foreach (var assembly in assemblies)
            Reference(assembly);

        using var recorder = new OutputRecorder();
        var running = Task.Run(() => _state is null
            ? CSharpScript.Create<object>(code, _options, globalsType: null, _loader).RunAsync()
            : _state.ContinueWithAsync<object>(code, _options));
        if (Task.WaitAny([running], limit) < 0)
            throw new TimeoutException($"it has not ended after {limit}.");
        _state = running.GetAwaiter().GetResult();
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

    private static MetadataReference[] ReadFramework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. trusted.Where(path => Path.GetDirectoryName(path) == folder).Select(path => MetadataReference.CreateFromFile(path))];
    }

    [GeneratedRegex(@"^[ \t]*#![^\n]*", RegexOptions.Multiline)]
    private static partial Regex Command();
}
