using System.Numerics;
using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>Implements the few functions and classes that a state dict's pickle may use. Any other name is rejected.</summary>
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

    /// <summary>The storages that the pickles refer to, by key.</summary>
    public IReadOnlyDictionary<string, StoredNumbers> Numbers => _numbers;

    /// <summary>Describes a value for error messages.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        string text => $"the text {Quote.Name(text)}",
        bool => "a Boolean",
        long or double or BigInteger => "a number",
        PickleTuple => "a tuple",
        PickleList => "a list",
        PickleDictionary => "a dict",
        StoredNumbers => "a storage",
        StoredTensor => "a tensor",
        _ => Quote.Name(value.ToString()!),
    };

    /// <summary>Returns the class or function with a name.</summary>
    public PickleGlobal Global(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return Allowed.Contains(global.ToString()) ? global : throw input.Error(
            $"it refers to {Quote.Name(global.ToString())}, which a state dict does not need. No code was run. If you trust the file and " +
            "it contains a whole network, save it again with torch.save(net.state_dict(), path)");
    }

    /// <summary>Returns the result of a function call.</summary>
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
            $"it calls {Quote.Name(function.ToString())} with ({string.Join(", ", arguments.Take(8).Select(Describe))}), which " +
            "torch.save does not write"),
    };

    /// <summary>
    /// Returns the storage with a persistent ID: ("storage", class, key, device, count), followed by None before PyTorch 1.6.
    /// </summary>
    public StoredNumbers Load(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count, .. var view] }
            || view is not ([] or [null]) || count < 0 || count > long.MaxValue / sizeof(double))
        {
            throw input.Error("it contains a persistent ID that is not a storage");
        }

        var numbers = new StoredNumbers(key, SafeTensorsType.OfStorage(type.Name), count);
        if (!_numbers.TryAdd(key, numbers) && _numbers[key] != numbers)
            throw input.Error($"it refers to storage {Quote.Name(key)} with two types or lengths");
        return _numbers[key];
    }

    private PickleDictionary Dictionary(PickleList pairs)
    {
        input.Spend(pairs.Items.Count); // a list may be copied repeatedly
        return new([.. pairs.Items.Select(pair => pair switch
        {
            PickleList { Items: [var key, var value] } => (key, value),
            PickleTuple { Items: [var key, var value] } => (key, value),
            _ => throw input.Error($"it contains {Describe(pair)}; expected a key and a value"),
        })]);
    }

    // The last element of a tensor must be within the storage, and the tensor must not have more elements than the storage.
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

        throw input.Error($"it contains a tensor that exceeds the {numbers.Count} elements of storage {Quote.Name(numbers.Key)}");
    }

    // Null if a value is not a non-negative integer. PyTorch allows more axes; a network has at most four.
    private static long[]? Sides(PickleTuple tuple)
        => tuple.Items.Length <= 8 && tuple.Items.All(side => side is long and >= 0) ? [.. tuple.Items.Cast<long>()] : null;
}

/// <summary>A Python tuple.</summary>
internal sealed record PickleTuple(object?[] Items)
{
    public static PickleTuple Empty { get; } = new([]);
}

/// <summary>A Python list.</summary>
internal sealed record PickleList(List<object?> Items);

/// <summary>A dict or an OrderedDict: its items in insertion order. Keys may occur more than once.</summary>
internal sealed record PickleDictionary(List<(object? Key, object? Value)> Items);

/// <summary>The name of a Python class or function. Only the name exists here; it cannot be called.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A storage: the elements of one or more tensors.</summary>
/// <param name="Key">The name of the storage in the file.</param>
/// <param name="Type">The type of an element.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record StoredNumbers(string Key, ScalarType Type, long Count)
{
    /// <summary>The size in bytes.</summary>
    public long Length => Count * SafeTensorsType.SizeOf(Type);
}

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Numbers">The storage.</param>
/// <param name="Offset">The index of the first element in the storage.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Strides">For each axis, the distance in the storage from one element to the next.</param>
internal sealed record StoredTensor(StoredNumbers Numbers, long Offset, long[] Shape, long[] Strides);
