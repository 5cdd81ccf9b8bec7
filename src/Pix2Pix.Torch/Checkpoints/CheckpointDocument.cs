using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>The JSON in a checkpoint: everything but the tensors.</summary>
internal sealed record CheckpointDocument
{
    /// <summary>The version that this library writes and reads. Another layout gets another number.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The version of the library that wrote it; for people.</summary>
    public required string Library { get; init; }

    /// <summary>How far the training is.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>The batches of an epoch, of which the position counts some.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Which training it is: see <see cref="TrainingIdentity"/>.</summary>
    public required JsonObject Identity { get; init; }

    /// <summary>The values of each part of the training.</summary>
    public required IReadOnlyDictionary<string, JsonElement> States { get; init; }

    /// <param name="json">The document.</param>
    /// <param name="path">The file that it stands in, for errors.</param>
    /// <exception cref="CheckpointVersionException">It is of another version.</exception>
    /// <exception cref="InvalidDataException">It is not understood.</exception>
    public static CheckpointDocument Read(string json, string path)
    {
        // The version first: another one may have other members, and another checksum.
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
