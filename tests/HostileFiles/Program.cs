// Reads damaged files of every kind as an application does: each either loads or is rejected with a documented exception.
//
//   HostileFiles CASES [SEED] [KIND]     all kinds, or one; prints a table, and fails if a case broke a rule
//
// The rules: no crash, at most 10 seconds and 1 GiB per case, no undocumented exception, and no other content than the original's where
// the format has checksums. To repeat a case, run it alone: HostileFiles 1 SEED KIND. Its file stays in the folder that is printed.
using System.Diagnostics;
using HostileFiles;

if (args.Length is < 1 or > 4 || !int.TryParse(args[0], out var cases) || !int.TryParse(args.ElementAtOrDefault(1) ?? "1", out var firstSeed))
{
    Console.Error.WriteLine("HostileFiles CASES [SEED] [KIND]");
    return 2;
}

// The cases run in a process of their own, which is started again after a case that ends it.
if (args is [_, _, var worked, var workFolder])
{
    Runner.Run(worked, firstSeed, cases, workFolder);
    return 0;
}

var folder = Directory.CreateTempSubdirectory("hostile-files-").FullName;
var table = new Table(cases);
foreach (var (kind, count) in Kinds.Shares(cases, args.ElementAtOrDefault(2)))
{
    for (var done = 0; done < count;)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Runner).Assembly.Location, $"{count - done}", $"{firstSeed + done}", kind, folder])
        {
            RedirectStandardOutput = true,
        })!;
        var isReady = process.StandardOutput.ReadLine() == Runner.Ready;
        while (process.StandardOutput.ReadLine() is { } line)
            done += table.Add(kind, firstSeed + done, line) ? 1 : 0;
        process.WaitForExit();
        if (!isReady)
        {
            Console.Error.WriteLine($"The kind '{kind}' cannot read its own originals.");
            return 1;
        }

        if (done < count)
            table.AddCrash(kind, firstSeed + done++, process.ExitCode);
    }
}

table.Print();
if (table.Failures > 0)
    Console.WriteLine($"The files of the last cases are in {folder}.");
else
    Directory.Delete(folder, recursive: true);
return table.Failures == 0 ? 0 : 1;
