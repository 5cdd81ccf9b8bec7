using System.CommandLine;
using TrainingSpeed;

// What a step of training costs beside the same step in PyTorch, turn by turn: the machine's mood meets both.

Option<int> size = new("--size") { Description = "Width and height of the images in pixels.", DefaultValueFactory = _ => 256 };
Option<int> filters = new("--filters") { Description = "The filters of both networks.", DefaultValueFactory = _ => 64 };
Option<int> batch = new("--batch") { Description = "Pairs in a step.", DefaultValueFactory = _ => 1 };
Option<int> turns = new("--turns") { Description = "Turns of each side.", DefaultValueFactory = _ => 10 };
Option<int> steps = new("--steps") { Description = "Steps in a turn.", DefaultValueFactory = _ => 5 };
Option<string?> python = new("--python") { Description = "The Python that has PyTorch; without it there is no peer." };
Option<string?> blas = new("--blas") { Description = "A folder of a BLAS for the peer, put on its LD_LIBRARY_PATH." };

RootCommand command = new("Measures steps of training.") { size, filters, batch, turns, steps, python, blas };
command.SetAction(parsed =>
{
    StepSize step = new(parsed.GetValue(size), parsed.GetValue(filters), parsed.GetValue(batch));
    using Peer? peer = parsed.GetValue(python) is { } executable ? Peer.Start(executable, parsed.GetValue(blas), step) : null;
    Comparison.Run(step, peer, parsed.GetValue(turns), parsed.GetValue(steps));
});
return command.Parse(args).Invoke();
