using Pix2Pix.Torch.Import.Pickle;

namespace Pix2Pix.Torch.Import;

/// <summary>Converts the value of a pickle to tensors by name.</summary>
internal static class StateDict
{
    private const int MaxNamed = 50;

    /// <summary>The tensors of a dict, in order.</summary>
    /// <exception cref="InvalidDataException">The value is not a dict of tensors; the message names all other values.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Of(object? value)
    {
        if (value is not PickleDictionary dictionary)
            throw new InvalidDataException($"It holds {TorchPickle.Describe(value)}; expected torch.save(net.state_dict(), path).");

        var tensors = new Dictionary<string, StoredTensor>();
        var others = new List<string>();
        foreach (var (key, item) in dictionary.Items)
        {
            if (key is not string name)
                others.Add($"{TorchPickle.Describe(key)}, which is no name");
            else if (item is not StoredTensor tensor)
                others.Add($"{Quote.Name(name)} is {TorchPickle.Describe(item)}");
            else if (!tensors.TryAdd(name, tensor))
                others.Add($"{Quote.Name(name)} is there twice");
        }

        if (others.Count == 0)
            return tensors;
        var more = others.Count > MaxNamed ? $" and {others.Count - MaxNamed} more" : string.Empty;
        throw new InvalidDataException(
            $"It holds more than tensors by name: {string.Join(", ", others.Take(MaxNamed))}{more}. Expected torch.save(net.state_dict(), path); take the " +
            "generator's own dict out of what was saved.");
    }
}
