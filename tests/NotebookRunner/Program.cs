using Pix2Pix.Notebooks;

// NotebookRunner [--record] FILE|FOLDER...: runs notebooks; with --record their outputs are stored in them, else compared with these.
var record = args.FirstOrDefault() == "--record";
string[] paths = [.. args.Skip(record ? 1 : 0)];
if (paths.Length == 0)
{
    Console.Error.WriteLine("Usage: NotebookRunner [--record] FILE|FOLDER...");
    return 2;
}

foreach (var file in paths.SelectMany(FilesOf))
{
    var notebook = Notebook.Load(file);
    Console.WriteLine(notebook.Name);
    try
    {
        if (!record)
        {
            NotebookRun.Check(notebook);
            continue;
        }

        NotebookRun.Record(notebook);
    }
    catch (NotebookException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }

    var temporary = file + ".tmp";
    File.WriteAllText(temporary, notebook.ToJson());
    File.Move(temporary, file, overwrite: true);
}

return 0;

static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
    ? Directory.GetFiles(path, "*.ipynb").Order(StringComparer.Ordinal).Select(Path.GetFullPath)
    : [Path.GetFullPath(path)];
