using Spectre.Console;

namespace Quickstart;

/// <summary>Ctrl-C once: the training ends after the step at hand, and all else goes on. Twice: the program ends at once.</summary>
internal sealed class StopKeys : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public StopKeys() => Console.CancelKeyPress += OnKey;

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public CancellationToken Stopped => _stop.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnKey;
        _stop.Dispose();
    }

    private void OnKey(object? sender, ConsoleCancelEventArgs key)
    {
        if (_stop.IsCancellationRequested)
        {
            // Not cancelled: the runtime ends the process after this.
            SafeFile.Abandon();
            AnsiConsole.Cursor.Show();
            return;
        }

        key.Cancel = true;
        Console.Error.WriteLine("Stopping: what has been learnt is saved, tested and reported. Press Ctrl-C again to leave at once.");
        _stop.Cancel();
    }
}
