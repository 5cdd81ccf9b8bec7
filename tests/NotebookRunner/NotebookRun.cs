using Microsoft.CodeAnalysis.Scripting;

namespace Pix2Pix.Notebooks;

/// <summary>Runs a notebook from its first cell of code to the last, in a temporary folder that is deleted afterwards.</summary>
internal static class NotebookRun
{
    /// <summary>Far more than a cell of a sample may take, also on a machine that does other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the notebook, and compares its outputs with those that are stored, as <see cref="OutputComparison"/> does.</summary>
    /// <param name="notebook">What to run.</param>
    /// <param name="limit">How long a cell may take; null for ten minutes. One that takes longer is left running.</param>
    /// <exception cref="NotebookException">A cell fails, does not end, or gives other outputs.</exception>
    public static void Check(Notebook notebook, TimeSpan? limit = null) => ForEachCell(notebook, limit, (cell, outputs) =>
    {
        if (Difference(notebook, cell, outputs) is { } difference)
            throw new NotebookException(notebook.Name, cell.Number, $"{difference} Record it again.");
    });

    /// <summary>Runs the notebook, and replaces its stored outputs.</summary>
    /// <exception cref="NotebookException">A cell fails or does not end.</exception>
    public static void Record(Notebook notebook) => ForEachCell(notebook, limit: null, notebook.Record);

    private static void ForEachCell(Notebook notebook, TimeSpan? limit, Action<NotebookCell, IReadOnlyList<CellOutput>> handle)
    {
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("pix2pix-notebook-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            using var session = new ScriptSession();
            foreach (var cell in notebook.Cells)
                handle(cell, Run(session, notebook, cell, limit ?? Patience));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<CellOutput> Run(ScriptSession session, Notebook notebook, NotebookCell cell, TimeSpan limit)
    {
        try
        {
            return session.Run(cell.Code, limit);
        }
        catch (CompilationErrorException e)
        {
            throw new NotebookException(notebook.Name, cell.Number, $"it does not compile: {string.Join(' ', e.Diagnostics)}", e);
        }
        catch (Exception e) // whatever a cell throws
        {
            throw new NotebookException(notebook.Name, cell.Number, $"{e.GetType().Name}: {e.Message}", e);
        }
    }

    private static string? Difference(Notebook notebook, NotebookCell cell, IReadOnlyList<CellOutput> outputs)
    {
        try
        {
            return OutputComparison.Difference(cell.Stored, outputs);
        }
        catch (FormatException e)
        {
            throw new NotebookException(notebook.Name, cell.Number, e.Message, e);
        }
    }
}
