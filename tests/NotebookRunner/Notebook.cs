using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pix2Pix.Notebooks;

/// <summary>A Jupyter notebook file (nbformat 4) of C# cells.</summary>
internal sealed class Notebook
{
    // As Jupyter writes its files, so that either gives the same bytes.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _file;
    private readonly JsonObject[] _code;

    private Notebook(string name, JsonObject file)
    {
        (Name, _file) = (name, file);
        _code = [.. file["cells"]!.AsArray().Select(cell => cell!.AsObject()).Where(cell => (string?)cell["cell_type"] == "code")];
        Cells = [.. _code.Select((cell, i) => ToCell(name, i + 1, cell))];
        if (Cells.Count == 0)
            throw new FormatException($"{name} has no cells of code.");
    }

    public string Name { get; }

    public IReadOnlyList<NotebookCell> Cells { get; }

    public static Notebook Load(string path) => Parse(Path.GetFileName(path), File.ReadAllText(path));

    /// <exception cref="FormatException">The text is no notebook of nbformat 4 in C#, or it has nothing to run.</exception>
    public static Notebook Parse(string name, string json)
    {
        var file = ParseObject(name, json);
        if ((int?)file["nbformat"] != 4 || file["cells"] is not JsonArray)
            throw new FormatException($"{name} is no notebook of nbformat 4.");
        var kernel = (string?)file["metadata"]?["kernelspec"]?["name"];
        if (kernel != ".net-csharp")
            throw new FormatException($"{name} is a notebook for the kernel '{kernel}'; expected '.net-csharp'.");
        return new(name, file);
    }

    /// <summary>Replaces the outputs of a cell.</summary>
    public void Record(NotebookCell cell, IReadOnlyList<CellOutput> outputs)
    {
        var json = _code[cell.Number - 1];
        json["execution_count"] = cell.Number;
        json["outputs"] = new JsonArray([.. outputs.Select(output => ToJson(output, cell.Number))]);
    }

    public string ToJson() => _file.ToJsonString(Format) + "\n";

    private static JsonObject ParseObject(string name, string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new FormatException($"{name} is no notebook of nbformat 4.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{name} is no JSON: {e.Message}", e);
        }
    }

    private static NotebookCell ToCell(string name, int number, JsonObject cell)
    {
        var code = Text(cell["source"]);
        if (string.IsNullOrWhiteSpace(code))
            throw new FormatException($"{name}, code cell {number} is empty.");
        var kernel = (string?)cell["metadata"]?["polyglot_notebook"]?["kernelName"] ?? "csharp";
        if (kernel != "csharp")
            throw new FormatException($"{name}, code cell {number} is for the kernel '{kernel}'; expected 'csharp'.");
        if (cell["outputs"] is not JsonArray)
            throw new FormatException($"{name}, code cell {number} has no list of outputs.");
        return new(number, code, Stored(cell));
    }

    private static IReadOnlyList<CellOutput> Stored(JsonObject cell)
        => [.. cell["outputs"]!.AsArray().SelectMany(output => FromJson(output!.AsObject()))];

    private static IEnumerable<CellOutput> FromJson(JsonObject output)
    {
        var kind = (string)output["output_type"]!;
        return kind == CellOutput.Stream
            ? [new(kind, CellOutput.PlainText, Text(output["text"]))]
            : output["data"] is JsonObject data
                ? data.Select(part => new CellOutput(kind, part.Key, Text(part.Value)))
                : [new(kind, "", "")];
    }

    private static JsonObject ToJson(CellOutput output, int number)
    {
        var text = output.MimeType == CellOutput.Png ? (JsonNode)output.Text : Lines(output.Text);
        if (output.Kind == CellOutput.Stream)
            return new() { ["name"] = "stdout", ["output_type"] = output.Kind, ["text"] = text };
        var json = new JsonObject { ["data"] = new JsonObject { [output.MimeType] = text } };
        if (output.Kind == CellOutput.Result)
            json["execution_count"] = number;
        json["metadata"] = new JsonObject();
        json["output_type"] = output.Kind;
        return json;
    }

    // A text is one string or a list of lines, each with its end.
    private static string Text(JsonNode? text)
        => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var (start, end) = (0, 0); start < text.Length; start = end)
        {
            end = text.IndexOf('\n', start) + 1 is var next and > 0 ? next : text.Length;
            lines.Add(text[start..end]);
        }

        return lines;
    }
}
