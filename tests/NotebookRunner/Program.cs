using Pix2Pix.Notebooks;

// NotebookRunner [--record] FILE|FOLDER...: runs notebooks; with --record their outputs are stored in them, else compared with these.
var record = args.FirstOrDefault() == "--record";
string[] paths = [.. args.Skip(record ? 1 : 0)];
if (paths.Length == 0)
{
    Console.Error.WriteLine("Usage: NotebookRunner [--record] FILE|FOLDER...");
    return 2;
}

string[] files = [.. paths.SelectMany(FilesOf)];
if (files.Length == 0)
{
    Console.Error.WriteLine($"No notebook (*.ipynb) is in {string.Join(", ", paths)}.");
    return 2;
}

// A cell that ends the process has not passed.
var done = false;
AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = done ? Environment.ExitCode : 1;
foreach (var file in files)
{
    Notebook notebook;
    try
    {
        notebook = Notebook.Load(file);
        Console.WriteLine(notebook.Name);
        if (!record)
        {
            NotebookRun.Check(notebook);
            continue;
        }

        NotebookRun.Record(notebook);
    }
    catch (Exception e) when (e is NotebookException or FormatException or IOException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }

    var temporary = file + ".tmp";
    File.WriteAllText(temporary, notebook.ToJson());
    File.Move(temporary, file, overwrite: true);
}

done = true;
return 0;

static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
    ? Directory.GetFiles(path, "*.ipynb").Order(StringComparer.Ordinal).Select(Path.GetFullPath)
    : [Path.GetFullPath(path)];
