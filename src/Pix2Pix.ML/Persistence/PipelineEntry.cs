using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Inference;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Persistence;

/// <summary>The entry of a saved model that holds a stage's ONNX file.</summary>
internal static class PipelineEntry
{
    /// <summary>The metadata key of the <see cref="SizingOptions"/>, JSON. Where it is missing, the defaults hold.</summary>
    public const string Sizing = "pix2pix.sizing";

    /// <summary>The entry of this name. ML.NET writes names with the separator of the system that saved the model.</summary>
    public static ZipArchiveEntry? Entry(this ZipArchive zip, string name) => zip.GetEntry(name) ?? zip.GetEntry(name.Replace('/', '\\'));

    /// <summary>The stage, or null where the ONNX model is not one of ours.</summary>
    /// <exception cref="InvalidDataException">It is one of ours, and damaged.</exception>
    /// <param name="entry">The entry.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="sizing">In place of what was saved, where it is not null.</param>
    /// <param name="log">Told of the device in use.</param>
    public static Pix2PixTransformer? Read(ZipArchiveEntry entry, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        var model = ReadModel(entry);
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

    /// <summary>An entry with a small model in place of the stage's.</summary>
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
            throw new InvalidDataException(e.Message, e); // the file contradicts itself
        }
    }

    private static SizingOptions Saved(byte[] model)
        => OnnxMetadata.Find(model, Sizing) is { } json ? OptionsJson.Read<SizingOptions>(json) : SizingOptions.Default;

    // The entry is a length (int32, little endian) and the bytes of the ONNX file. A changed weight would be found by nobody else.
    private static byte[] ReadModel(ZipArchiveEntry entry)
    {
        using var reader = new BinaryReader(entry.Open());
        var length = reader.ReadInt32();
        if (length != entry.Length - sizeof(int))
            throw new InvalidDataException($"'{entry.FullName}' says it holds {length} bytes, but has {entry.Length - sizeof(int)}.");
        var bytes = reader.ReadBytes(length);
        var checksum = new Crc32();
        checksum.Append(BitConverter.GetBytes(length));
        checksum.Append(bytes);
        return checksum.GetCurrentHashAsUInt32() == entry.Crc32
            ? bytes
            : throw new InvalidDataException($"'{entry.FullName}' is damaged: its checksum is not that of its bytes.");
    }

    // Without opening a session: the key stands in plain bytes at the end of the file.
    private static bool IsOurs(ReadOnlySpan<byte> model)
        => model.LastIndexOf(Encoding.UTF8.GetBytes(StageColumns.Key)) >= 0;
}
