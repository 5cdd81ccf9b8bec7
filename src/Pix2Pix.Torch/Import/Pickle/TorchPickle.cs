using System.Numerics;
using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>What the few names mean that a state dict's pickle may use. Any other name is refused.</summary>
internal sealed class TorchPickle(PickleInput input)
{
    private const string OrderedDictionary = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildOldTensor = "torch._utils._rebuild_tensor"; // before PyTorch 0.4
    private const string RebuildParameter = "torch._utils._rebuild_parameter";

    private static readonly HashSet<string> Allowed =
    [
        OrderedDictionary, RebuildTensor, RebuildOldTensor, RebuildParameter, .. SafeTensorsType.Storages.Select(name => $"torch.{name}"),
    ];

    private readonly Dictionary<string, StoredNumbers> _numbers = [];

    /// <summary>By key.</summary>
    public IReadOnlyDictionary<string, StoredNumbers> Numbers => _numbers;

    /// <summary>What a value is, for errors.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        string text => $"the text {Quote.Name(text)}",
        bool => "a truth value",
        long or double or BigInteger => "a number",
        PickleTuple => "a tuple",
        PickleList => "a list",
        PickleDictionary => "a dict",
        StoredNumbers => "a storage",
        StoredTensor => "a tensor",
        _ => Quote.Name(value.ToString()!),
    };

    /// <summary>A name that the pickle uses.</summary>
    public PickleGlobal Global(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return Allowed.Contains(global.ToString()) ? global : throw input.Error(
            $"the name {Quote.Name(global.ToString())}, which a state dict does not need. No code was run. If the file is your own and " +
            "contains a whole network, save it again with torch.save(net.state_dict(), path)");
    }

    /// <summary>The value of a function.</summary>
    public object Call(PickleGlobal function, object?[] arguments) => (function.ToString(), arguments) switch
    {
        (OrderedDictionary, []) => new PickleDictionary([]),
        (OrderedDictionary, [PickleList pairs]) => Dictionary(pairs),
        (RebuildTensor, [StoredNumbers numbers, long offset, PickleTuple shape, PickleTuple strides, bool, PickleDictionary { Items: [] }])
            => Tensor(numbers, offset, shape, strides),
        (RebuildOldTensor, [StoredNumbers numbers, long offset, PickleTuple shape, PickleTuple strides])
            => Tensor(numbers, offset, shape, strides),
        (RebuildParameter, [StoredTensor tensor, bool, PickleDictionary { Items: [] }]) => tensor,
        _ => throw input.Error(
            $"a call of {Quote.Name(function.ToString())} with ({string.Join(", ", arguments.Take(8).Select(Describe))}), which is not " +
            "what torch.save writes"),
    };

    /// <summary>What stands outside of the pickle: ("storage", class, key, device, count), and before PyTorch 1.6 None behind it.</summary>
    public StoredNumbers Load(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count, .. var view] }
            || view is not ([] or [null]) || count < 0 || count > long.MaxValue / sizeof(double))
        {
            throw input.Error("a persistent id that is not a storage");
        }

        var numbers = new StoredNumbers(key, SafeTensorsType.OfStorage(type.Name), count);
        if (!_numbers.TryAdd(key, numbers) && _numbers[key] != numbers)
            throw input.Error($"storage {Quote.Name(key)} with two types or lengths");
        return _numbers[key];
    }

    private PickleDictionary Dictionary(PickleList pairs)
    {
        input.Spend(pairs.Items.Count); // a list may be copied again and again
        return new([.. pairs.Items.Select(pair => pair switch
        {
            PickleList { Items: [var key, var value] } => (key, value),
            PickleTuple { Items: [var key, var value] } => (key, value),
            _ => throw input.Error($"{Describe(pair)} where a key and a value were expected"),
        })]);
    }

    // The last value that a tensor reaches lies within its numbers, and it has not more values than there are.
    private StoredTensor Tensor(StoredNumbers numbers, long offset, PickleTuple shape, PickleTuple strides)
    {
        if (Sides(shape) is { } sides && Sides(strides) is { } steps && sides.Length == steps.Length && offset >= 0)
        {
            var (count, last) = (BigInteger.One, new BigInteger(offset));
            for (var i = 0; i < sides.Length; i++)
            {
                count *= sides[i];
                last += (BigInteger)(sides[i] - 1) * steps[i];
            }

            if (count.IsZero ? offset <= numbers.Count : count <= numbers.Count && last < numbers.Count)
                return new StoredTensor(numbers, offset, sides, steps);
        }

        throw input.Error($"a tensor that does not lie within the {numbers.Count} numbers of storage {Quote.Name(numbers.Key)}");
    }

    // Null where they are no whole numbers from 0. PyTorch allows more axes; a network has at most four.
    private static long[]? Sides(PickleTuple tuple)
        => tuple.Items.Length <= 8 && tuple.Items.All(side => side is long and >= 0) ? [.. tuple.Items.Cast<long>()] : null;
}

/// <summary>A tuple.</summary>
internal sealed record PickleTuple(object?[] Items)
{
    public static PickleTuple Empty { get; } = new([]);
}

/// <summary>A list.</summary>
internal sealed record PickleList(List<object?> Items);

/// <summary>A dict or an OrderedDict: pairs in the order in which they were set, of which some may have the same key.</summary>
internal sealed record PickleDictionary(List<(object? Key, object? Value)> Items);

/// <summary>A class or function of Python by its name. It is never more than the name.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>The numbers that one or more tensors are made of.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Of a number.</param>
/// <param name="Count">Of numbers.</param>
internal sealed record StoredNumbers(string Key, ScalarType Type, long Count)
{
    /// <summary>Their bytes in the file.</summary>
    public long Length => Count * SafeTensorsType.SizeOf(Type);
}

/// <summary>A tensor: which of the numbers, in which order.</summary>
/// <param name="Numbers">It lies within them.</param>
/// <param name="Offset">Of the first.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Strides">Numbers from one value to the next, along each axis.</param>
internal sealed record StoredTensor(StoredNumbers Numbers, long Offset, long[] Shape, long[] Strides);
