using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Import;

/// <summary>Maps the weights of a file to a generator. The plan is validated completely before anything is built.</summary>
internal sealed class ImportPlan
{
    private readonly GeneratorOptions _options;
    private readonly IReadOnlyDictionary<string, string> _targets; // name in the file -> name here

    private ImportPlan(GeneratorOptions options, IReadOnlyDictionary<string, string> targets)
    {
        _options = options;
        _targets = targets;
    }

    /// <exception cref="InvalidDataException">The weights are not those of such a generator; the message lists all problems.</exception>
    public static ImportPlan Of(IReadOnlyList<WeightEntry> tensors, ImportOptions import)
    {
        var prefix = NamePrefix.Of(tensors);
        var found = tensors.ToDictionary(t => t.Name[prefix.Length..]);
        var network = SourceNetwork.Of(found.Keys);
        var sides = new CycleGanShapes(network, found);
        var state = new CycleGanState([.. found.Keys], network.Layers(sides.Filters, sides.Inputs, sides.Outputs), import.Norm);

        var problems = new List<string>();
        var options = network.Describe(sides.Describe(import, problems), import, problems) with { Kind = network.Kind, Norm = state.Norm };
        WeightPair[] expected = [.. state.Expected()];
        problems.AddRange(WeightCheck.Problems(prefix, found, expected, state.Ignored()));
        return problems.Count == 0
            ? new ImportPlan(options, expected.ToDictionary(pair => prefix + pair.Source, pair => pair.Target))
            : throw new InvalidDataException($"Its weights do not fit a generator:\n  {string.Join("\n  ", problems)}");
    }

    /// <summary>Builds the generator and reads its weights. Weights missing from the file are biases, which are 0.</summary>
    public Generator Build(WeightFile file)
    {
        using var noGradient = no_grad();
        var generator = Generator.Create(_options, TensorFactory.Cpu);
        try
        {
            var state = generator.state_dict();
            file.Read([.. _targets.Keys], (name, tensor) => state[_targets[name]].copy_(tensor));
            foreach (var name in state.Keys.Except(_targets.Values))
                state[name].zero_();
            return generator;
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }
}
