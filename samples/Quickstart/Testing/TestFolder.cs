namespace Quickstart;

/// <summary>
/// The folder of the translations. It lists what it wrote, so that the next run can take it away again, and nothing else that lies there.
/// </summary>
internal sealed class TestFolder
{
    private const string ListName = "written.txt";

    private readonly string _folder;

    private TestFolder(string folder) => _folder = folder;

    /// <summary>Deletes the files of an earlier run, and lists those to come.</summary>
    public static TestFolder Begin(string path, IEnumerable<string> names)
    {
        TestFolder folder = new(path);
        string list = Path.Combine(path, ListName);
        foreach (string file in File.Exists(list) ? File.ReadAllLines(list) : [])
        {
            if (file == Path.GetFileName(file)) // of this folder, whatever the list says
                File.Delete(Path.Combine(path, file));
        }

        SafeFile.WriteText(list, string.Concat(names.Select(name => $"{name}.png\n")));
        return folder;
    }

    /// <summary>The file of a pair's translation.</summary>
    public string PathOf(string name) => Path.Combine(_folder, $"{name}.png");
}
