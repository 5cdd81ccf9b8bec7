using System.Text.Json.Nodes;

namespace Pix2Pix.Notebooks.Tests;

/// <summary>Notebooks of a few lines.</summary>
internal static class TestNotebook
{
    /// <summary>A notebook of cells of code, none of which has stored outputs.</summary>
    public static Notebook Of(params string[] cells)
        => Notebook.Parse("test.ipynb", Json([.. cells.Select(cell => (cell, new JsonArray()))]));

    /// <summary>A notebook of one cell with these stored outputs.</summary>
    public static Notebook With(string cell, params JsonNode[] outputs)
        => Notebook.Parse("test.ipynb", Json((cell, new JsonArray(outputs))));

    public static JsonNode Stream(string text) => new JsonObject
    {
        ["name"] = "stdout",
        ["output_type"] = "stream",
        ["text"] = new JsonArray(text),
    };

    public static string Json(params (string Code, JsonArray Outputs)[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(cell => new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = "cell",
            ["metadata"] = new JsonObject(),
            ["outputs"] = cell.Outputs,
            ["source"] = new JsonArray([.. cell.Code.Split('\n').Select(line => (JsonNode)(line + "\n"))]),
        })]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();
}
