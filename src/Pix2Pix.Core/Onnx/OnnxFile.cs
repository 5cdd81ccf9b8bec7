using System.Globalization;

namespace Pix2Pix.Onnx;

/// <summary>Reads ONNX models so that opening them needs no other file.</summary>
internal static class OnnxFile
{
    /// <summary>Reads an ONNX file and inlines any weights that it stores in separate files.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="FileNotFoundException">The file or one of its weight files does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not a valid ONNX model, its weights are outside its folder, or its weights exceed the limit of 2 GB for one file.
    /// </exception>
    public static byte[] Read(string path)
    {
        var length = InputFile.Length(path, "an ONNX model");
        if (length > Array.MaxLength)
            throw new InvalidDataException($"'{path}' is larger than 2 GB; expected an ONNX model, which is at most 2 GB.");
        if (length == 0)
            throw new InvalidDataException($"'{path}' has no content; expected an ONNX model, not an empty file, a pipe or a device.");
        try
        {
            var model = File.ReadAllBytes(path);
            return GitLfsPointer.Problem(model) is { } problem
                ? throw new InvalidDataException(problem)
                : new ExternalWeights(Path.GetFullPath(path)).Inline(model);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read as an ONNX model: {e.Message}", e);
        }
    }

    /// <summary>Checks a model that is not in a file of its own, so that there is no folder for other files.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX model, or opening it would read another file.</exception>
    public static void RequireSelfContained(ReadOnlyMemory<byte> model) => OnnxTensors.Rewrite(
        ProtoMessage.Parse(model),
        tensor => ExternalWeights.Has(tensor)
            ? throw new InvalidDataException("The ONNX model stores weights in another file; expected a model that contains all of its " +
                "weights.")
            : tensor);
}

/// <summary>Inlines the weights that an ONNX model stores in separate files (external data in onnx.proto).</summary>
/// <param name="path">The full path of the model. Its weights must be in its folder, or, if it is a link, in that of its target.</param>
internal sealed class ExternalWeights(string path)
{
    private readonly string[] _folders = [Folder(RealPath.Of(Path.GetDirectoryName(path)!)), Folder(Path.GetDirectoryName(RealPath.Of(path))!)];
    private readonly HashSet<string> _files = [];
    private long _total;
    private long _stored;

    /// <summary>Returns the model with inlined weights, or the same array if the model has no external weights.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a valid ONNX model, or the weights are outside the model's folder or too large.
    /// </exception>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    public byte[] Inline(byte[] model)
    {
        var message = ProtoMessage.Parse(model);
        (_total, _stored) = (model.Length, model.Length);
        // All lengths are added up before any weights are read.
        var hasWeights = false;
        OnnxTensors.Rewrite(message, tensor =>
        {
            hasWeights |= Has(tensor);
            return Has(tensor) ? Count(tensor) : tensor;
        });
        if (!hasWeights)
            return model;
        using var stream = new MemoryStream((int)_total);
        OnnxTensors.Rewrite(message, tensor => Has(tensor) ? WithBytes(tensor) : tensor).WriteTo(stream);
        return stream.ToArray();
    }

    /// <summary>Returns whether the values of a tensor are outside the model.</summary>
    // ONNX Runtime reads this enum as 32 bits, and the last value counts if there are several.
    public static bool Has(ProtoMessage tensor) => tensor.Numbers(TensorProto.DataLocation).Any(location => (int)location != 0);

    private ProtoMessage Count(ProtoMessage tensor)
    {
        var slice = Slice(tensor);
        _total += slice.Length;
        if (_files.Add(slice.File))
            _stored += new FileInfo(slice.File).Length;
        if (_total > Array.MaxLength)
            throw new InvalidDataException("With its weights it is larger than 2 GB, the limit of an ONNX model.");
        Expansion.Check(_total, _stored, "The model with its weights, which overlap in their files,");
        return tensor;
    }

    private ProtoMessage WithBytes(ProtoMessage tensor)
    {
        var slice = Slice(tensor);
        var bytes = new byte[slice.Length];
        if (slice.Length == 0)
            return WithBytes(tensor, bytes); // the file may be a pipe
        using var file = File.OpenRead(slice.File);
        file.Position = slice.Offset;
        file.ReadExactly(bytes);
        return WithBytes(tensor, bytes);
    }

    private static ProtoMessage WithBytes(ProtoMessage tensor, byte[] bytes)
        => tensor.Without(TensorProto.ExternalData).Without(TensorProto.DataLocation).Add(TensorProto.RawData, bytes);

    private (string File, long Offset, long Length) Slice(ProtoMessage tensor)
    {
        var entries = tensor.Messages(TensorProto.ExternalData)
            .DistinctBy(Key)
            .ToDictionary(Key, entry => entry.Text(StringStringEntryProto.Value));
        var file = PathOf(entries.GetValueOrDefault("location", string.Empty));
        var available = new FileInfo(file).Length;
        var offset = Number(entries, "offset", 0);
        var count = Number(entries, "length", Math.Max(0, available - offset));
        return offset >= 0 && count >= 0 && count <= Array.MaxLength && offset <= available - count
            ? (file, offset, count)
            : throw new InvalidDataException(
                $"Its weights are {count} bytes at offset {offset} of '{file}', but the file has only {available} bytes." +
                $"{(available > 0 && GitLfsPointer.Problem(file) is { } problem ? $" {problem}" : string.Empty)}");
    }

    private string PathOf(string location)
    {
        if (location.Length == 0 || location.Contains('\0') || Path.IsPathRooted(location) || location.Split('/', '\\').Contains(".."))
            throw Outside(location, string.Empty);
        var file = Path.GetFullPath(location, Path.GetDirectoryName(path)!);
        if (!File.Exists(file))
            throw new FileNotFoundException($"The weights file '{file}' of '{path}' does not exist; expected it next to the model.", file);
        var target = RealPath.Of(file);
        return _folders.Any(folder => target.StartsWith(folder, StringComparison.Ordinal))
            ? target
            : throw Outside(location, $", a link to '{target}'");
    }

    private static InvalidDataException Outside(string location, string link)
        => new($"It references the weights file '{location}'{link}; expected a file in its own folder.");

    private static string Folder(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    private static string Key(ProtoMessage entry) => entry.Text(StringStringEntryProto.Key);

    private static long Number(Dictionary<string, string> entries, string key, long otherwise)
        => !entries.TryGetValue(key, out var text) ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidDataException($"The {key} of its weights is '{text}'; expected a number of bytes.");
}

/// <summary>Finds the tensors of a model, wherever onnx.proto allows them: in graphs, nested graphs, functions and training graphs.</summary>
internal static class OnnxTensors
{
    /// <summary>The limit of protocol buffer libraries, including the one in ONNX Runtime.</summary>
    private const int MaxDepth = 100;

    private enum Kind
    {
        Model,
        Training,
        Function,
        Graph,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
    }

    // The messages that contain tensors, by field number.
    private static readonly Dictionary<Kind, Dictionary<int, Kind>> Parts = new()
    {
        [Kind.Model] = new() { [ModelProto.Graph] = Kind.Graph, [20] = Kind.Training, [25] = Kind.Function },
        [Kind.Training] = new() { [1] = Kind.Graph, [2] = Kind.Graph },
        [Kind.Function] = new() { [7] = Kind.Node, [11] = Kind.Attribute },
        [Kind.Graph] = new() { [GraphProto.Node] = Kind.Node, [GraphProto.Initializer] = Kind.Tensor, [15] = Kind.SparseTensor },
        [Kind.Node] = new() { [NodeProto.Attribute] = Kind.Attribute },
        [Kind.Attribute] = new()
        {
            [AttributeProto.Tensor] = Kind.Tensor,
            [6] = Kind.Graph,
            [10] = Kind.Tensor,
            [11] = Kind.Graph,
            [22] = Kind.SparseTensor,
            [23] = Kind.SparseTensor,
        },
        [Kind.SparseTensor] = new() { [1] = Kind.Tensor, [2] = Kind.Tensor },
        [Kind.Tensor] = [],
    };

    /// <summary>Returns the model with each tensor replaced by the result of the function.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model, or a node would load another file.</exception>
    public static ProtoMessage Rewrite(ProtoMessage model, Func<ProtoMessage, ProtoMessage> change)
        => Rewrite(model, Kind.Model, change, depth: 1);

    private static ProtoMessage Rewrite(ProtoMessage message, Kind kind, Func<ProtoMessage, ProtoMessage> change, int depth)
    {
        if (kind == Kind.Tensor)
            return change(message);
        if (depth >= MaxDepth)
            throw new InvalidDataException($"The ONNX model has more than {MaxDepth} levels of nested messages.");
        // Execution providers load such a node's content from a file, which may be a library.
        if (kind == Kind.Node && message.Texts(NodeProto.OpType).Contains("EPContext"))
        {
            throw new InvalidDataException("The ONNX model contains an EPContext node, so it was compiled for one device; expected the " +
                "model that it was compiled from.");
        }

        return message.Map((field, part) => Parts[kind].TryGetValue(field, out var child)
            ? Rewrite(part(), child, change, depth + 1)
            : null);
    }
}
