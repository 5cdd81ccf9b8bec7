using System.Text;

namespace Pix2Pix.Notebooks;

/// <summary>Gathers what a cell puts out, in order, from its construction until it is disposed of. One at a time in a process.</summary>
internal sealed class OutputRecorder : TextWriter
{
    private readonly List<CellOutput> _outputs = [];
    private readonly TextWriter _console = Console.Out;

    public OutputRecorder()
    {
        Console.SetOut(Synchronized(this));
        Display.SendTo((value, mimeType) => Add(new(CellOutput.Display, mimeType, value)));
    }

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<CellOutput> Outputs
    {
        get
        {
            lock (_outputs)
                return [.. _outputs];
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Add(new(CellOutput.Stream, CellOutput.PlainText, value.ReplaceLineEndings("\n")));
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void WriteLine(string? value) => Write(value + "\n");

    public void AddResult(object result)
        => Add(new(CellOutput.Result, CellOutput.PlainText, (result.ToString() ?? "").ReplaceLineEndings("\n")));

    protected override void Dispose(bool disposing)
    {
        Console.SetOut(_console);
        Display.SendTo(null);
        base.Dispose(disposing);
    }

    private void Add(CellOutput output)
    {
        lock (_outputs)
        {
            if (output.Kind == CellOutput.Stream && _outputs.LastOrDefault() is { Kind: CellOutput.Stream } last)
                _outputs[^1] = last with { Text = last.Text + output.Text };
            else
                _outputs.Add(output);
        }
    }
}
