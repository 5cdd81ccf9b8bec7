using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// A checkpoint, stored as a single safetensors file so that one rename makes it appear atomically. Everything except the tensors is JSON
/// in the file's metadata; the file contains no code.
/// </summary>
/// <remarks>
/// <code>
/// __metadata__
///   pix2pix.checkpoint   a <see cref="CheckpointDocument"/>
///   pix2pix.checksum     XxHash128 of the document, of name, type and shape of each tensor, and of all their bytes
/// generator.weights.*, generator.first_moment.*, generator.second_moment.*, generator.buffers.*
/// discriminator.*        the same
/// *                      the tensors of other parts of the training (<see cref="ITrainingState"/>)
/// </code>
/// </remarks>
internal sealed class Checkpoint : IDisposable
{
    private const string DocumentName = "pix2pix.checkpoint";
    private const string ChecksumName = "pix2pix.checksum";

    private readonly SafeTensorsFile _file;
    private readonly string _document;

    private Checkpoint(SafeTensorsFile file)
    {
        _file = file;
        _document = file.Metadata.GetValueOrDefault(DocumentName)
            ?? throw new InvalidDataException($"'{file.Path}' is not a Pix2Pix checkpoint: its metadata has no {DocumentName}.");
        Document = Read(_document, file.Path);
    }

    public CheckpointDocument Document { get; }

    public string Path => _file.Path;

    /// <summary>The file size in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>Opens a checkpoint and verifies all its bytes.</summary>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is damaged, or the file is not a checkpoint; the message names the file.
    /// </exception>
    /// <exception cref="CheckpointException">The checkpoint has another format version.</exception>
    public static Checkpoint OpenVerified(string path)
    {
        var file = SafeTensorsFile.Open(path);
        try
        {
            var checkpoint = new Checkpoint(file);
            checkpoint.Verify();
            return checkpoint;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="create">Creates a file of the given size.</param>
    /// <param name="document">Everything except the tensors.</param>
    /// <param name="states">The tensors.</param>
    public static void Write(Action<long, Action<Stream>> create, CheckpointDocument document, StateWriter states)
    {
        var (json, tensors) = (OptionsJson.Write(document, TorchJson.Of<CheckpointDocument>()), states.Tensors.ToList());
        var header = SafeTensorsHeader.Of(
            tensors.Select(t => (t.Name, SafeTensorsType.NameOf(t.Tensor.dtype), t.Tensor.shape)),
            new Dictionary<string, string> { [DocumentName] = json, [ChecksumName] = "" });

        // The checksum precedes the data that it covers, so the values are read twice. At 16 GB/s, that takes little time compared with
        // writing.
        var hash = Begin(json, header.Tensors);
        foreach (var (_, tensor, _) in tensors)
            TensorBytes.ForEachChunk(tensor, hash.Append);
        header = header with { Metadata = new Dictionary<string, string> { [DocumentName] = json, [ChecksumName] = End(hash) } };

        create(SafeTensorsFile.LengthOf(header), stream => SafeTensorsFile.Write(stream, header, tensors.Select(t => t.Tensor)));
    }

    /// <summary>The state of a part, or null if the training had no such part.</summary>
    public StateReader? StateOf(string part)
        => Document.States.TryGetValue(part, out var value) ? new StateReader(_file, part, value) : null;

    /// <summary>The tensor with this name, or null.</summary>
    public SafeTensorsEntry? Find(string name) => _file.Find(name);

    public void Dispose() => _file.Dispose();

    private static CheckpointDocument Read(string json, string path)
    {
        try
        {
            return CheckpointDocument.Read(json, path);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The checkpoint '{path}' cannot be read. {e.Message}", e);
        }
    }

    private void Verify()
    {
        var expected = _file.Metadata.GetValueOrDefault(ChecksumName)
            ?? throw new InvalidDataException($"'{_file.Path}' is damaged: its metadata has no {ChecksumName}.");
        var hash = Begin(_document, _file.Tensors);
        _file.ForEachChunk(hash.Append);
        var actual = End(hash);
        if (actual != expected)
        {
            throw new InvalidDataException(
                $"'{_file.Path}' is damaged: the checksum of its content is {actual}; expected {expected}.");
        }
    }

    private static XxHash128 Begin(string document, IEnumerable<SafeTensorsEntry> tensors)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(document));
        foreach (var tensor in tensors)
            hash.Append(Encoding.UTF8.GetBytes($"\n{tensor.Name} {tensor.Form}"));
        return hash;
    }

    private static string End(XxHash128 hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}

/// <summary>The JSON in a checkpoint: everything except the tensors.</summary>
internal sealed record CheckpointDocument
{
    /// <summary>The format version that this library reads and writes. A different layout gets a different number.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The version of the library that wrote the checkpoint; informational.</summary>
    public required string Library { get; init; }

    /// <summary>The training progress.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>The number of batches per epoch, to which the position refers.</summary>
    public required int BatchesPerEpoch { get; init => field = Guard.InRange(value, 1, int.MaxValue); }

    /// <summary>Identifies the training; see <see cref="TrainingIdentity"/>.</summary>
    public required JsonObject Identity { get; init; }

    /// <summary>The values of each part of the training.</summary>
    public required IReadOnlyDictionary<string, JsonElement> States { get; init; }

    /// <param name="json">The document.</param>
    /// <param name="path">The file that contains the document, for error messages.</param>
    /// <exception cref="CheckpointException">The document has another format version.</exception>
    /// <exception cref="InvalidDataException">The document cannot be parsed.</exception>
    public static CheckpointDocument Read(string json, string path)
    {
        // The version is read first: other versions may have different members and a different checksum.
        if (VersionOf(json) is var version and not CurrentVersion)
            throw CheckpointException.OtherVersion(path, version);
        var document = OptionsJson.Read(json, TorchJson.Of<CheckpointDocument>(), defaults: null);
        if (document.Position.Batch > document.BatchesPerEpoch)
        {
            throw new InvalidDataException(
                $"Position.Batch is {document.Position.Batch}; expected at most BatchesPerEpoch, {document.BatchesPerEpoch}.");
        }

        return document;
    }

    private static int VersionOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty(nameof(Version)).GetInt32();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"Its version cannot be read: {e.Message}", e);
        }
    }
}
