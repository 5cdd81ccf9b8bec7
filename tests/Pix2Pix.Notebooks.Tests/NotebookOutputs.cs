using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace Pix2Pix.Notebooks.Tests;

/// <summary>
/// Compares the outputs of two runs of a notebook. Numbers may differ, and images by a little, because they vary between machines.
/// </summary>
internal static partial class NotebookOutputs
{
    /// <summary>
    /// How far an image may be from the stored one, as the mean difference in levels of 0 to 255. Short trainings differ between machines;
    /// an image of something else differs by more.
    /// </summary>
    public const double ImageTolerance = 40;

    public static JsonObject[] CodeCells(JsonNode notebook)
        => [.. notebook["cells"]!.AsArray().Select(cell => cell!.AsObject()).Where(cell => (string?)cell["cell_type"] == "code")];

    /// <summary>The differences between two runs, each with its cell.</summary>
    public static IReadOnlyList<string> Differences(JsonNode stored, JsonNode executed)
        => [.. CodeCells(stored).Zip(CodeCells(executed)).SelectMany((cells, i) => Differences(cells.First, cells.Second, i + 1))];

    /// <summary>The first cell that failed, with its text outputs; null if all succeeded.</summary>
    public static string? Failure(JsonNode executed)
        => CodeCells(executed).Select((cell, i) => (Outputs: Of(cell), Number: i + 1))
            .Where(cell => cell.Outputs.Any(output => output.Kind == CellOutput.Error))
            .Select(cell => $"Code cell {cell.Number} fails: {string.Concat(cell.Outputs.Select(output => output.ReadableText)).Trim()}")
            .FirstOrDefault();

    /// <summary>Replaces stored outputs with those of a run.</summary>
    public static void Record(JsonNode stored, JsonNode executed)
    {
        foreach (var (to, from) in CodeCells(stored).Zip(CodeCells(executed)))
        {
            to["outputs"] = new JsonArray([.. Nodes(from).Select(output => output.DeepClone())]);
            to["execution_count"] = from["execution_count"]!.DeepClone();
        }
    }

    /// <summary>The outputs of a cell, without those that the kernel adds: its scripts and its list of installed packages.</summary>
    public static IReadOnlyList<CellOutput> Of(JsonNode cell)
    {
        var outputs = new List<CellOutput>();
        foreach (var output in Nodes(cell).SelectMany(Parts))
        {
            if (output.Kind == "stream" && outputs is [.., var last] && (last.Kind, last.MimeType) == (output.Kind, output.MimeType))
                outputs[^1] = last with { Text = last.Text + output.Text };
            else
                outputs.Add(output);
        }

        return outputs;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode cell)
        => cell["outputs"]!.AsArray().Select(output => output!).Where(output => !Parts(output).Any(part => OfKernel().IsMatch(part.Text)));

    private static IEnumerable<CellOutput> Parts(JsonNode output)
    {
        var kind = (string)output["output_type"]!;
        return output["data"] is JsonObject data
            ? data.Select(part => new CellOutput(kind, part.Key, Text(part.Value)))
            : [new(kind, (string?)output["name"] ?? "", Text(output["text"] ?? output["evalue"]))];
    }

    // A text is a string, or a list of lines with their line ends.
    private static string Text(JsonNode? text)
        => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    private static IEnumerable<string> Differences(JsonNode storedCell, JsonNode executedCell, int number)
    {
        var (stored, executed) = (Of(storedCell), Of(executedCell));
        var (before, now) = (Shapes(stored), Shapes(executed));
        var differences = before == now
            ? stored.Zip(executed, (one, other) => one.MimeType == CellOutput.Png ? OfImages(one, other) : OfTexts(one, other))
            : [$"its stored outputs are {before}; now they are {now}."];
        return differences.OfType<string>().Select(difference => $"Code cell {number}: {difference}");
    }

    private static string Shapes(IReadOnlyList<CellOutput> outputs)
        => outputs.Count == 0 ? "none" : string.Join(", ", outputs.Select(output => output.Shape));

    private static string? OfTexts(CellOutput stored, CellOutput executed)
        => Number().Replace(stored.Text, "#") == Number().Replace(executed.Text, "#")
            ? null
            : $"it prints '{executed.Text.Trim()}', but '{stored.Text.Trim()}' is stored; only numbers may differ.";

    private static string? OfImages(CellOutput stored, CellOutput executed)
    {
        using var one = stored.ToImage();
        using var other = executed.ToImage();
        var (a, b) = (one.Pixels.ToArray(), other.Pixels.ToArray());
        var distance = a.Zip(b, (x, y) => Math.Abs(x - y)).Where((_, i) => i % 4 != 3).Average(); // without alpha
        return distance <= ImageTolerance
            ? null
            : FormattableString.Invariant(
                $"an image differs from the stored one by {distance:0} of 255 levels on average; at most {ImageTolerance} are expected.");
    }

    [GeneratedRegex(@"-?\d+([.,]\d+)*(E[+-]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex("dotnet-interactive-this-cell|<strong>Installed Packages</strong>|^Loading extensions from `")]
    private static partial Regex OfKernel();
}

/// <summary>An output of a cell.</summary>
/// <param name="Kind">In nbformat's terms: <c>stream</c>, <c>display_data</c>, <c>execute_result</c> or <c>error</c>.</param>
/// <param name="MimeType">The MIME type; for a stream, its name.</param>
/// <param name="Text">The text; for an image, its file in base64.</param>
internal sealed record CellOutput(string Kind, string MimeType, string Text)
{
    public const string Png = "image/png";
    public const string Error = "error";

    /// <summary>The text, unless it is base64.</summary>
    public string ReadableText => MimeType == Png ? "" : Text;

    /// <summary>What no two runs may differ in: the kind, the type and the size of an image.</summary>
    public string Shape
    {
        get
        {
            if (MimeType != Png)
                return $"{Kind} {MimeType}";
            using var image = ToImage();
            return $"{Kind} {MimeType} of {image.Width}x{image.Height}";
        }
    }

    public MLImage ToImage() => MLImage.CreateFromStream(new MemoryStream(Convert.FromBase64String(Text)));
}
