using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TrainingMemory;

namespace TrainingSpeed;

/// <summary>PyTorch in a separate process that performs steps on request: benchmarks/pytorch/steps.py.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process, string description)
    {
        _process = process;
        Description = description;
    }

    /// <summary>The peer's description: its version, its device or threads, and its precision.</summary>
    public string Description { get; }

    /// <summary>The peak host memory in MiB.</summary>
    public double PeakMemory => ProcessMemory.PeakOf(_process.Id);

    public static Peer Start(PeerOptions options, StepSetting setting)
    {
        ProcessStartInfo start = new(options.Python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "benchmarks", "pytorch", "steps.py"), // copied next to the program by the project
                "--size", Text(setting.Size.Size), "--filters", Text(setting.Size.Filters), "--batch", Text(setting.Size.Batch),
                "--threads", Text(Environment.ProcessorCount),
                "--device", setting.Device.Name(), "--precision", setting.Precision.Name(),
            },
        };
        if (options.ChannelsLast)
            start.ArgumentList.Add("--channels-last");
        if (options.Compile)
            start.ArgumentList.Add("--compile");
        if (options.Blas is not null)
            start.Environment["LD_LIBRARY_PATH"] = options.Blas;
        try
        {
            Process process = Process.Start(start)!;
            return new Peer(process, ReadLine(process));
        }
        catch (Win32Exception e)
        {
            throw new PeerException($"'{options.Python}' cannot be started: {e.Message}. Specify a Python that has PyTorch.");
        }
    }

    /// <summary>Performs a number of steps.</summary>
    /// <returns>The time in seconds.</returns>
    public double Run(int steps)
    {
        try
        {
            _process.StandardInput.WriteLine(Text(steps));
        }
        catch (IOException)
        {
            // The process has ended; reading from it reports that.
        }

        return double.Parse(ReadLine(_process), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string ReadLine(Process process)
        => process.StandardOutput.ReadLine() ?? throw new PeerException("The peer ended unexpectedly; see its message above.");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
