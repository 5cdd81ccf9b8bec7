using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// Imports generators trained in PyTorch: weights with the names used by junyanz/pytorch-CycleGAN-and-pix2pix, for its U-Net of any depth
/// and its ResNet with any number of blocks.
/// </summary>
public static class PretrainedGenerator
{
    /// <summary>
    /// Loads the weights of a generator, such as <c>latest_net_G.pth</c>. The kind, depth or number of blocks, filters, channels and
    /// normalization are derived from the names and shapes of the weights.
    /// </summary>
    /// <param name="path">
    /// A state dict: a file written by <c>torch.save</c>, either zipped or in the format before PyTorch 1.6, or a safetensors file. Values
    /// may have 16, 32 or 64 bits and are stored as 32 bits. No code in the file is executed, and memory use is bounded by the file size.
    /// </param>
    /// <param name="options">The image size and any settings that the weights do not determine; null for the defaults.</param>
    /// <returns>The generator on the CPU; the caller disposes of it.</returns>
    /// <exception cref="ArgumentException">The path is empty or contains a null character.</exception>
    /// <exception cref="WeightImportException">
    /// The file is damaged, has an unsupported format, or contains more than a state dict; or its weights are not those of a supported
    /// generator, or not of one that accepts the requested image size. One message lists all problems with names, shapes and options.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message states the reason and the fix.</exception>
    public static Generator Load(string path, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        Guard.Path(path, "the path of a weight file", nameof(path));
        try
        {
            using var file = WeightFile.Open(path);
            var plan = ImportPlan.Of(file.Tensors, options ?? ImportOptions.Default);
            TorchRuntime.Initialize();
            return plan.Build(file);
        }
        catch (InvalidDataException e)
        {
            throw new WeightImportException(path, e);
        }
    }
}

/// <summary>The weights in a file cannot be imported. The message states what was found, what was expected and how to fix it.</summary>
public sealed class WeightImportException : Pix2PixException
{
    /// <summary>Created by <see cref="PretrainedGenerator"/>.</summary>
    internal WeightImportException(string path, InvalidDataException error)
        : base($"'{path}' cannot be imported. {error.Message}", error)
        => Path = path;

    /// <summary>The weight file.</summary>
    public string Path { get; }
}

/// <summary>Maps the weights of a file to a generator. The plan is validated completely before anything is built.</summary>
internal sealed class ImportPlan
{
    /// <summary>The prefixes that PyTorch wrappers such as DataParallel and torch.compile add to all names of a network.</summary>
    private static readonly string[] Prefixes = ["module.", "_orig_mod."];

    private const int MaxNamed = 8;

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
        var prefix = Prefix(tensors);
        var found = tensors.ToDictionary(t => t.Name[prefix.Length..]);
        var network = SourceNetwork.Of(found.Keys);
        var sides = new CycleGanShapes(network, found);
        var state = new CycleGanState([.. found.Keys], network.Layers(sides.Filters, sides.Inputs, sides.Outputs), import.Norm);

        var problems = new List<string>();
        var options = network.Describe(sides.Describe(import, problems), import, problems) with { Kind = network.Kind, Norm = state.Norm };
        WeightPair[] expected = [.. state.Expected()];
        problems.AddRange(Problems(prefix, found, expected, state.Ignored()));
        return problems.Count == 0
            ? new ImportPlan(options, expected.ToDictionary(pair => prefix + pair.Source, pair => pair.Target))
            : throw new InvalidDataException($"Its weights do not match a generator:\n  {string.Join("\n  ", problems)}");
    }

    /// <summary>Builds the generator and reads its weights. Weights missing from the file are biases, which are 0.</summary>
    public Generator Build(WeightFile file)
    {
        using var noGradient = no_grad();
        var generator = Generator.Create(_options, TensorFactory.Cpu);
        try
        {
            var (state, faulty) = (generator.state_dict(), new List<string>());
            file.Read([.. _targets.Keys], (name, tensor) =>
            {
                var target = state[_targets[name]].copy_(tensor);
                if (!FiniteTensor.IsFinite(target))
                    faulty.Add(Quote.Name(name));
            });
            if (faulty.Count > 0)
            {
                var more = faulty.Count > MaxNamed ? $" and {faulty.Count - MaxNamed} more" : string.Empty;
                throw new InvalidDataException(
                    $"These tensors contain NaN, or values that are infinite in 32 bits: {string.Join(", ", faulty.Take(MaxNamed))}{more}. " +
                    "The training of the network probably diverged; use an earlier checkpoint.");
            }

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

    // The concatenated prefixes that all names share.
    private static string Prefix(IReadOnlyList<WeightEntry> tensors)
    {
        var prefix = string.Empty;
        while (tensors.Count > 0 && Prefixes.FirstOrDefault(IsShared) is { } known)
            prefix += known;
        return prefix;

        bool IsShared(string next) => tensors.All(t => t.Name.AsSpan().StartsWith(prefix + next, StringComparison.Ordinal));
    }

    // One line for each weight that is missing, unexpected, or of another shape or type. Names are those in the file without the prefix.
    private static IEnumerable<string> Problems(
        string prefix, IReadOnlyDictionary<string, WeightEntry> found, IReadOnlyList<WeightPair> expected, IEnumerable<string> ignored)
    {
        foreach (var pair in expected)
        {
            var name = Quote.Name(prefix + pair.Source);
            if (!found.TryGetValue(pair.Source, out var entry))
                yield return $"{name} is missing; expected {SafeTensorsEntry.FormOf(pair.Shape)}.";
            else if (!entry.Shape.SequenceEqual(pair.Shape))
                yield return $"{name} is {SafeTensorsEntry.FormOf(entry.Shape)}; expected {SafeTensorsEntry.FormOf(pair.Shape)}.";
            else if (!entry.IsReal)
                yield return $"{name} has type {entry.Type}; expected Float32, Float16, BFloat16 or Float64.";
        }

        foreach (var name in found.Keys.Except(expected.Select(pair => pair.Source)).Except(ignored))
            yield return $"{Quote.Name(prefix + name)} does not belong to this network.";
    }
}
