using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import.Pickle;

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
    public long Length => Count * StorageType.SizeOf(Type);
}

/// <summary>A tensor: which of the numbers, in which order.</summary>
/// <param name="Numbers">It lies within them.</param>
/// <param name="Offset">Of the first.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Strides">Numbers from one value to the next, along each axis.</param>
internal sealed record StoredTensor(StoredNumbers Numbers, long Offset, long[] Shape, long[] Strides);
