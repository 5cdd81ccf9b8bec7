using System.CommandLine;
using Pix2Pix.Torch;
using TrainingSpeed;
using TrainingSpeed.SelfTests;

// Compares a training step with the same step in PyTorch. Both take turns, so that other load on the machine affects both.

Option<int> size = new("--size") { Description = "Width and height of the images in pixels.", DefaultValueFactory = _ => 256 };
Option<int> filters = new("--filters") { Description = "The filters of both networks.", DefaultValueFactory = _ => 64 };
Option<int> batch = new("--batch") { Description = "The batch size.", DefaultValueFactory = _ => 1 };
Option<int> turns = new("--turns") { Description = "The number of turns of each side.", DefaultValueFactory = _ => 10 };
Option<int> steps = new("--steps")
{
    Description = "The number of steps per turn; on CUDA, the minimum, because a turn ends with an epoch.",
    DefaultValueFactory = _ => 5,
};
Option<ComputeDevice> device = new("--device") { Description = "The device of both sides; cuda is CUDA device 0." };
Option<StepPrecision> precision = new("--precision") { Description = "The precision of both sides; tf32 has no effect on a CPU." };
Option<string?> python = new("--python") { Description = "The Python that has PyTorch; without it, only this library is measured." };
Option<string?> blas = new("--blas") { Description = "A folder with a BLAS for the peer, added to its LD_LIBRARY_PATH." };
Option<bool> ownChannelsLast = new("--own-channels-last") { Description = "Use the channels-last layout in this library." };
Option<bool> channelsLast = new("--channels-last") { Description = "Use the channels-last layout in the peer." };
Option<bool> compile = new("--compile") { Description = "Compile the peer's networks with torch.compile." };

foreach (Option<int> count in new[] { filters, batch, turns, steps })
{
    count.Validators.Add(result =>
    {
        if (result.GetValue(count) < 1)
            result.AddError($"{count.Name} is {result.GetValue(count)}; expected at least 1.");
    });
}

size.Validators.Add(result =>
{
    if (result.GetValue(size) is < 32 or > 1024 || !int.IsPow2(result.GetValue(size)))
        result.AddError($"--size is {result.GetValue(size)}; expected a power of two from 32 to 1024.");
});

RootCommand command = new("Measures training steps.")
{
    size, filters, batch, turns, steps, device, precision, ownChannelsLast, python, blas, channelsLast, compile,
};
command.SetAction(parsed =>
{
    StepSetting setting = new(
        new StepSize(parsed.GetValue(size), parsed.GetValue(filters), parsed.GetValue(batch)),
        parsed.GetValue(device),
        parsed.GetValue(precision),
        parsed.GetValue(ownChannelsLast));
    PeerOptions? options = parsed.GetValue(python) is { } executable
        ? new PeerOptions(executable, parsed.GetValue(blas), parsed.GetValue(channelsLast), parsed.GetValue(compile))
        : null;
    try
    {
        using Peer? peer = options is null ? null : Peer.Start(options, setting);
        Comparison.Run(setting, peer, parsed.GetValue(turns), parsed.GetValue(steps));
        return 0;
    }
    catch (Exception e) when (e is PeerException or TorchRuntimeException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});

Option<ComputeDevice?> tested = new("--device")
{
    Description = "cpu tests only the CPU; cuda tests both, and fails without CUDA; by default, all available devices.",
};
Command check = new("check", "Checks whether this libtorch gives correct results on this machine.") { tested };
check.SetAction(parsed => SelfTestRun.Run(parsed.GetValue(tested)));
command.Subcommands.Add(check);
return command.Parse(args).Invoke();
