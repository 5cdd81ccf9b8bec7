using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Pix2Pix;

// What the parts of a pipeline cost, each by itself: BenchmarkDotNet within this process, in a few minutes for all of them.
//   dotnet run -c Release --project benchmarks/Parts -- --filter '*Metrics*'
// Another job takes this one's place, and has to say that it stays in the process: native libraries are found beside this program.
//   dotnet run -c Release --project benchmarks/Parts -- --filter '*' --job dry --inProcess

bool isJobGiven = args.Any(argument => argument is "--job" or "-j");
IConfig config = isJobGiven
    ? DefaultConfig.Instance
    : DefaultConfig.Instance.AddJob(
        Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10).WithId("InProcess"));
int reports = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config).Count();
return reports > 0 ? 0 : 1;
