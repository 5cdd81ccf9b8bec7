using System.CommandLine;
using Pix2Pix.Torch;
using TrainingSpeed;
using TrainingSpeed.SelfTests;

// What a step of training costs beside the same step in PyTorch, turn by turn: the machine's mood meets both.

Option<int> size = new("--size") { Description = "Width and height of the images in pixels.", DefaultValueFactory = _ => 256 };
Option<int> filters = new("--filters") { Description = "The filters of both networks.", DefaultValueFactory = _ => 64 };
Option<int> batch = new("--batch") { Description = "Pairs in a step.", DefaultValueFactory = _ => 1 };
Option<int> turns = new("--turns") { Description = "Turns of each side.", DefaultValueFactory = _ => 10 };
Option<int> steps = new("--steps")
{
    Description = "Steps in a turn; on CUDA at least so many, to the end of an epoch.",
    DefaultValueFactory = _ => 5,
};
Option<ComputeDevice> device = new("--device") { Description = "Where both sides compute; cuda is CUDA's device 0." };
Option<StepPrecision> precision = new("--precision") { Description = "What both sides compute with; tf32 changes nothing on a CPU." };
Option<string?> python = new("--python") { Description = "The Python that has PyTorch; without it there is no peer." };
Option<string?> blas = new("--blas") { Description = "A folder of a BLAS for the peer, put on its LD_LIBRARY_PATH." };
Option<bool> ownChannelsLast = new("--own-channels-last") { Description = "Our maps are laid out channels last." };
Option<bool> channelsLast = new("--channels-last") { Description = "The peer's maps are laid out channels last." };
Option<bool> compile = new("--compile") { Description = "The peer's networks go through torch.compile." };

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

RootCommand command = new("Measures steps of training.")
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
    Description = "cpu tests the CPU alone; cuda tests both, and fails where there is no CUDA; without it, what is there.",
};
Command check = new("check", "Whether this libtorch computes rightly on this machine.") { tested };
check.SetAction(parsed => SelfTestRun.Run(parsed.GetValue(tested)));
command.Subcommands.Add(check);
return command.Parse(args).Invoke();
