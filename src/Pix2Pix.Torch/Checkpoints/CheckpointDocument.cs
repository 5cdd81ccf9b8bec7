using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pix2Pix.Torch.Checkpoints;

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
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Identifies the training; see <see cref="TrainingIdentity"/>.</summary>
    public required JsonObject Identity { get; init; }

    /// <summary>The values of each part of the training.</summary>
    public required IReadOnlyDictionary<string, JsonElement> States { get; init; }

    /// <param name="json">The document.</param>
    /// <param name="path">The file that contains the document, for error messages.</param>
    /// <exception cref="CheckpointVersionException">The document has another format version.</exception>
    /// <exception cref="InvalidDataException">The document cannot be parsed.</exception>
    public static CheckpointDocument Read(string json, string path)
    {
        // The version is read first: other versions may have different members and a different checksum.
        if (VersionOf(json) is var version and not CurrentVersion)
            throw new CheckpointVersionException(path, version);
        return OptionsJson.Read<CheckpointDocument>(json);
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
