// Runs parts of a training repeatedly and counts the tensors that were not disposed.
//
//   LifetimeProbe ROUNDS [SCENARIO]              each scenario, or one; prints "NAME: N created outside a scope, N finalized"
//   LifetimeProbe ROUNDS SCENARIO|all pressure   the same while other threads allocate and collect garbage, to provoke a crash
using System.Diagnostics;
using System.Globalization;
using LifetimeProbe;
using Pix2Pix.Torch;
using static TorchSharp.torch;

if (args.Length is 0 or > 3 || !int.TryParse(args[0], CultureInfo.InvariantCulture, out var rounds))
{
    Console.Error.WriteLine($"LifetimeProbe ROUNDS [SCENARIO|all [pressure]]; scenarios: {string.Join(", ", Scenarios.All.Keys)}");
    return 1;
}

TorchRuntime.Initialize();
set_num_threads(1);
var chosen = Scenarios.All.Where(scenario => args.Length == 1 || args[1] == "all" || args[1] == scenario.Key).ToArray();
foreach (var (_, run) in chosen)
    run(); // the first run creates what libtorch and the library create once per process

if (args.Length == 3)
    UnderPressure();
else
    Count();
return 0;

void UnderPressure()
{
    Pressure.Start();
    var time = Stopwatch.StartNew();
    for (var round = 1; round <= rounds; round++)
    {
        foreach (var (_, run) in chosen)
            run();
        if (round % 100 == 0)
            Console.WriteLine($"round {round} after {time.Elapsed.TotalSeconds:F0} s");
    }

    Console.WriteLine($"{rounds} rounds without a crash");
}

void Count()
{
    foreach (var (name, run) in chosen)
    {
        var (outside, finalized) = (Tensors.CreatedOutsideScopes, Tensors.Finalized());
        for (var round = 0; round < rounds; round++)
            run();
        Console.WriteLine(
            $"{name}: {Tensors.CreatedOutsideScopes - outside - Scenarios.OwnTensors(name) * rounds} created outside a scope, {Tensors.Finalized() - finalized} finalized");
    }
}
