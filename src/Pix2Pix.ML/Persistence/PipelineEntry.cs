using System.IO.Compression;
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

    /// <summary>Whether ML.NET may read a network from the entry with this name.</summary>
    public static bool IsNetwork(string name) => name.Split('/', '\\')[^1] == "OnnxModel";

    /// <summary>The ONNX model in an entry.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged, or opening its model would read another file.</exception>
    public static byte[] ReadModel(ZipArchiveEntry entry)
    {
        var model = Bytes(entry);
        try
        {
            OnnxFile.RequireSelfContained(model);
            return model;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The entry '{entry.FullName}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Writes an entry.</summary>
    public static void Write(ReadOnlySpan<byte> model, Stream stream)
    {
        stream.Write(BitConverter.GetBytes(model.Length));
        stream.Write(model);
    }

    /// <summary>The stage, or null if the ONNX model was not written by this library.</summary>
    /// <exception cref="InvalidDataException">The model was written by this library and is damaged.</exception>
    /// <param name="model">The ONNX model.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="sizing">Replaces the saved sizing if not null.</param>
    /// <param name="log">Receives the device in use.</param>
    public static Pix2PixTransformer? Read(byte[] model, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        if (!IsOurs(model))
            return null;
        options = options with { Sizing = sizing ?? Saved(model) };
        var generator = Open(model, options, isSaved: sizing is null, log);
        try
        {
            return new Pix2PixTransformer(generator, generator.Columns());
        }
        catch
        {
            generator.Dispose();
            throw;
        }
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
        => OnnxMetadata.Find(model, Sizing) is { } json ? OptionsJson.Read(json, MLJson.Default.SizingOptions, SizingOptions.Default) : SizingOptions.Default;

    // The entry is a length (int32, little endian) followed by the bytes of the ONNX file.
    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length - sizeof(int) is not (>= 0 and var count) || count > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"The entry '{entry.FullName}' has {entry.Length:#,0} bytes; expected an ONNX model, which is at most 2 GB.");
        }

        var (header, model) = (new byte[sizeof(int)], new byte[count]);
        entry.CopyTo(header, new MemoryStream(model));
        var length = BitConverter.ToInt32(header);
        return length == count
            ? model
            : throw new InvalidDataException($"The entry '{entry.FullName}' has {count} bytes of data; its header declares {length}.");
    }

    // Checked without opening a session: the key is stored as plain bytes at the end of the file.
    private static bool IsOurs(ReadOnlySpan<byte> model)
        => model.LastIndexOf(Encoding.UTF8.GetBytes(StageColumns.Key)) >= 0;
}
