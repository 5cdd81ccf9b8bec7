using Microsoft.CodeAnalysis.Scripting;

namespace Pix2Pix.Notebooks;

/// <summary>Runs a notebook from its first cell of code to the last, in a temporary folder that is deleted afterwards.</summary>
internal static class NotebookRun
{
    /// <summary>Runs the notebook, and compares the kinds of its outputs, and the sizes of pictures, with those that are stored.</summary>
    /// <exception cref="NotebookException">A cell fails or gives other outputs.</exception>
    public static void Check(Notebook notebook) => ForEachCell(notebook, (cell, outputs) =>
    {
        var (stored, given) = (Shapes(notebook, cell, cell.Stored), Shapes(notebook, cell, outputs));
        if (stored == given)
            return;
        var fault = $"its stored outputs are {stored}; now they are {given}. Record it again.";
        throw new NotebookException(notebook.Name, cell.Number, fault);
    });

    /// <summary>Runs the notebook, and replaces its stored outputs.</summary>
    /// <exception cref="NotebookException">A cell fails.</exception>
    public static void Record(Notebook notebook) => ForEachCell(notebook, notebook.Record);

    private static void ForEachCell(Notebook notebook, Action<NotebookCell, IReadOnlyList<CellOutput>> handle)
    {
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("pix2pix-notebook-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            using var session = new ScriptSession();
            foreach (var cell in notebook.Cells)
                handle(cell, Run(session, notebook, cell));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<CellOutput> Run(ScriptSession session, Notebook notebook, NotebookCell cell)
    {
        try
        {
            return session.Run(cell.Code);
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

    private static string Shapes(Notebook notebook, NotebookCell cell, IReadOnlyList<CellOutput> outputs)
    {
        try
        {
            return outputs.Count == 0 ? "none" : string.Join(", ", outputs.Select(output => output.Shape));
        }
        catch (FormatException e)
        {
            throw new NotebookException(notebook.Name, cell.Number, e.Message, e);
        }
    }
}
