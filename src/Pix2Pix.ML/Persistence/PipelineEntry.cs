using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Inference;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Persistence;

/// <summary>The archive entry of a saved model that contains a stage's ONNX file.</summary>
internal static class PipelineEntry
{
    /// <summary>The metadata key of the <see cref="SizingOptions"/>, JSON. If it is missing, the defaults apply.</summary>
    public const string Sizing = "pix2pix.sizing";

    /// <summary>The entry with this name. ML.NET writes names with the path separator of the system that saved the model.</summary>
    public static ZipArchiveEntry? Entry(this ZipArchive zip, string name) => zip.GetEntry(name) ?? zip.GetEntry(name.Replace('/', '\\'));

    /// <summary>The stage, or null if the ONNX model was not written by this library.</summary>
    /// <exception cref="InvalidDataException">The model was written by this library and is damaged.</exception>
    /// <param name="entry">The entry.</param>
    /// <param name="options">How to open the entry.</param>
    /// <param name="sizing">Replaces the saved sizing if not null.</param>
    /// <param name="log">Receives the device in use.</param>
    public static Pix2PixTransformer? Read(ZipArchiveEntry entry, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        var model = ReadModel(entry);
        OnnxFile.RequireSelfContained(model);
        if (!IsOurs(model))
            return null;
        options = options with { Sizing = sizing ?? Saved(model) };
        var generator = Open(model, options, isSaved: sizing is null, log);
        try
        {
            return new Pix2PixTransformer(generator, generator.Read<StageColumns>(StageColumns.Key));
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    /// <summary>Writes an entry with a small model in place of the stage's model.</summary>
    public static void WriteStandIn(ModelShape shape, Stream stream)
    {
        using var model = new MemoryStream();
        EmptyModel.Write(shape, model);
        stream.Write(BitConverter.GetBytes((int)model.Length));
        stream.Write(model.GetBuffer(), 0, (int)model.Length);
    }

    private static OnnxGenerator Open(byte[] model, OpenOptions options, bool isSaved, Pix2PixLog log)
    {
        try
        {
            return new OnnxGenerator(model, options, log);
        }
        catch (ArgumentException e) when (isSaved && e.ParamName == "sizing")
        {
            throw new InvalidDataException(e.Message, e); // the file is inconsistent
        }
    }

    private static SizingOptions Saved(byte[] model)
        => OnnxMetadata.Find(model, Sizing) is { } json ? OptionsJson.Read<SizingOptions>(json) : SizingOptions.Default;

    // The entry is a length (int32, little endian) followed by the bytes of the ONNX file. No other check would detect a changed weight.
    private static byte[] ReadModel(ZipArchiveEntry entry)
    {
        using var reader = new BinaryReader(entry.Open());
        var length = reader.ReadInt32();
        if (length != entry.Length - sizeof(int))
            throw new InvalidDataException($"The entry '{entry.FullName}' has {entry.Length - sizeof(int)} bytes of data; its header " +
                $"says {length}.");
        var bytes = reader.ReadBytes(length);
        var checksum = new Crc32();
        checksum.Append(BitConverter.GetBytes(length));
        checksum.Append(bytes);
        return checksum.GetCurrentHashAsUInt32() == entry.Crc32
            ? bytes
            : throw new InvalidDataException($"The entry '{entry.FullName}' is damaged: its checksum does not match.");
    }

    // Checked without opening a session: the key is stored as plain bytes at the end of the file.
    private static bool IsOurs(ReadOnlySpan<byte> model)
        => model.LastIndexOf(Encoding.UTF8.GetBytes(StageColumns.Key)) >= 0;
}
