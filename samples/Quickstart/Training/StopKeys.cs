using System.Diagnostics;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Quickstart;

/// <summary>
/// Ctrl-C once, or SIGTERM, by which containers are stopped: the training ends after the step at hand, and all else goes on. Twice, or once
/// after the training: the program ends at once.
/// </summary>
internal sealed class StopKeys : IDisposable
{
    // A parent passes SIGTERM on to its child: where both get one, as by timeout around dotnet run, the child gets two.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();

    private readonly PosixSignalRegistration _terminate;

    private long? _terminated;

    private volatile bool _isTrained;

    public StopKeys()
    {
        Console.CancelKeyPress += OnKey;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = Terminate());
    }

    /// <summary>Cancelled by the first of them.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>The training is over: there is nothing to be stopped but the program.</summary>
    public void EndWithTraining() => _isTrained = true;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnKey;
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void OnKey(object? sender, ConsoleCancelEventArgs key) => key.Cancel = Stop();

    private bool Terminate()
    {
        if (_terminated is { } first && Stopwatch.GetElapsedTime(first) < Echo)
            return true;
        _terminated ??= Stopwatch.GetTimestamp();
        return Stop();
    }

    // Whether the process goes on; otherwise the runtime ends it after this.
    private bool Stop()
    {
        if (_isTrained || _stop.IsCancellationRequested)
        {
            SafeFile.Abandon();
            AnsiConsole.Cursor.Show();
            return false;
        }

        Console.Error.WriteLine("Stopping: what has been learned is saved, tested and reported. Press Ctrl-C again to leave at once.");
        _stop.Cancel();
        return true;
    }
}
