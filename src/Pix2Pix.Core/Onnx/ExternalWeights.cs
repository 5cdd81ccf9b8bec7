using System.Globalization;

namespace Pix2Pix.Onnx;

/// <summary>Inlines the weights that an ONNX model stores in separate files (external data in onnx.proto).</summary>
internal static class ExternalWeights
{
    private const int GraphField = 7;
    private const int ConstantField = 5;
    private const int RawField = 9; // TensorProto
    private const int ExternalField = 13;
    private const int LocationField = 14;
    private const int External = 1; // DataLocation

    /// <summary>Returns the model with inlined weights, or the same array if the model has no external weights.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a valid ONNX model, or the weights are outside the model's folder or too large.
    /// </exception>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    public static byte[] Inline(byte[] model, string folder)
    {
        var message = ProtoMessage.Parse(model);
        var graph = message.Messages(GraphField).FirstOrDefault() ?? throw new InvalidDataException("The ONNX model has no graph.");
        ProtoMessage[] tensors = [.. graph.Messages(ConstantField)];
        if (!tensors.Any(IsExternal))
            return model;

        long total = model.Length;
        List<ProtoMessage> constants = [];
        foreach (var tensor in tensors)
        {
            var inlined = IsExternal(tensor) ? WithBytes(tensor, folder) : tensor;
            total += IsExternal(tensor) ? inlined.Bytes(RawField).Sum(bytes => (long)bytes.Length) : 0;
            if (total > Array.MaxLength)
                throw new InvalidDataException("With its weights it has more than 2 GB, which one ONNX model cannot have.");
            constants.Add(inlined);
        }

        using var stream = new MemoryStream((int)total);
        message.Without(GraphField).Add(GraphField, graph.Without(ConstantField).AddEach(ConstantField, constants)).WriteTo(stream);
        return stream.ToArray();
    }

    private static bool IsExternal(ProtoMessage tensor) => tensor.Numbers(LocationField).FirstOrDefault() == External;

    private static ProtoMessage WithBytes(ProtoMessage tensor, string folder)
    {
        var entries = tensor.Messages(ExternalField)
            .DistinctBy(Key)
            .ToDictionary(Key, entry => entry.Texts(2).FirstOrDefault() ?? string.Empty);
        var path = PathOf(entries.GetValueOrDefault("location", string.Empty), folder);
        using var file = File.OpenRead(path);
        var offset = Number(entries, "offset", 0);
        var length = Number(entries, "length", Math.Max(0, file.Length - offset));
        if (offset < 0 || length < 0 || length > Array.MaxLength || offset > file.Length - length)
            throw new InvalidDataException($"Its weights are {length} bytes from {offset} on of '{path}', which has {file.Length}.");
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return tensor.Without(ExternalField).Without(LocationField).Add(RawField, bytes);
    }

    private static string PathOf(string location, string folder)
    {
        var path = Path.GetFullPath(location, folder);
        var inside = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        if (location.Length == 0 || Path.IsPathRooted(location) || !path.StartsWith(inside, StringComparison.Ordinal))
            throw new InvalidDataException($"It names '{location}' as the file of its weights; expected one in its own folder.");
        return File.Exists(path) ? path : throw new FileNotFoundException($"The ONNX model's weights are in '{path}', which is not there.", path);
    }

    private static string Key(ProtoMessage entry) => entry.Texts(1).FirstOrDefault() ?? string.Empty;

    private static long Number(Dictionary<string, string> entries, string key, long otherwise)
        => !entries.TryGetValue(key, out var text) ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidDataException($"Its weights have the {key} '{text}'; expected a number.");
}
