using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Pix2Pix.ML.Data;

/// <summary>Checks many files in parallel.</summary>
internal static class FileChecks
{
    /// <summary>Checks each file. A problem with one file does not stop the others.</summary>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Dictionary<string, CheckedFile> Run(IEnumerable<string> paths, ImageLoadOptions options)
    {
        string[] files = [.. paths.Distinct(StringComparer.Ordinal)];
        var found = new Dictionary<string, CheckedFile>(files.Length, StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        var parallel = new ParallelOptions { CancellationToken = options.Cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.ForEach(files, parallel, Check);
        }
        catch (AggregateException e) // from the progress callback
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return found;

        void Check(string file)
        {
            var check = CheckedFile.Of(file, options.DecodeAll);
            lock (found)
            {
                found.Add(file, check);
                var (done, total) = (found.Count, files.Length);
                options.Progress?.Report(new FolderProgress(file, done, total, watch.Elapsed, watch.Elapsed / done * (total - done)));
            }
        }
    }
}
