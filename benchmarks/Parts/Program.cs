using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Pix2Pix;

// Measures the parts of a pipeline separately, with BenchmarkDotNet in this process. All of them take a few minutes.
//   dotnet run -c Release --project benchmarks/Parts -- --filter '*Metrics*'
// Another job replaces the default one and must also run in the process, because native libraries are next to this program.
//   dotnet run -c Release --project benchmarks/Parts -- --filter '*' --job dry --inProcess

bool isJobGiven = args.Any(argument => argument is "--job" or "-j");
IConfig config = isJobGiven
    ? DefaultConfig.Instance
    : DefaultConfig.Instance.AddJob(
        Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10).WithId("InProcess"));
int reports = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config).Count();
return reports > 0 ? 0 : 1;
