using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Pix2Pix.ML.Inference;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Persistence;

/// <summary>The copy of a saved model that ML.NET loads, with small stand-ins for the networks of pix2pix stages.</summary>
internal sealed class LightModel : IDisposable
{
    private const int MaxInMemory = 1 << 26; // above this, the copy is a file

    private readonly string _temporary;
    private readonly Stream _stream;
    private readonly ZipArchive _zip;
    private readonly List<(long Length, string Mark)> _standIns = [];

    /// <param name="temporary">A folder for temporary files, those of ML.NET too.</param>
    /// <param name="mostBytes">The length of the copy if it contains all networks. Which of them it contains is known only later.</param>
    public LightModel(string temporary, double mostBytes)
    {
        _temporary = temporary;
        _stream = mostBytes <= MaxInMemory ? new MemoryStream() : CreateFile(temporary);
        _zip = new ZipArchive(_stream, ZipArchiveMode.Create, leaveOpen: true);
    }

    public void Add(ZipArchiveEntry entry)
    {
        using var to = Create(entry.FullName);
        entry.CopyTo([], to);
    }

    public void AddNetwork(string entry, byte[] model)
    {
        using var to = Create(entry);
        PipelineEntry.Write(model, to);
    }

    public void AddStandIn(string entry, ModelShape shape)
    {
        var mark = $"{Guid.NewGuid():N}";
        using var model = new MemoryStream();
        EmptyModel.Write(shape, mark, model);
        _standIns.Add((model.Length, mark));
        AddNetwork(entry, model.ToArray());
    }

    /// <summary>Loads the model. Nothing can be added afterward.</summary>
    public ITransformer Load(MLContext mlContext, out DataViewSchema inputSchema)
    {
        _zip.Dispose();
        try
        {
            return Open(ContextOf(mlContext), out inputSchema);
        }
        // ML.NET's ONNX transform uses the device of its context and does not fall back if that is a GPU that is not available.
        catch (Exception e) when (e.GetBaseException() is EntryPointNotFoundException or DllNotFoundException or OnnxRuntimeException)
        {
            return Open(new MLContext { TempFilePath = _temporary }, out inputSchema);
        }
    }

    public void Dispose()
    {
        try
        {
            _zip.Dispose();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    private static FileStream CreateFile(string folder) => new(
        Path.Combine(folder, $"pix2pix-load-{Environment.ProcessId}-{Guid.NewGuid():N}.zip"),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.None,
        bufferSize: 1 << 16,
        FileOptions.DeleteOnClose);

    private Stream Create(string entry) => _zip.CreateEntry(entry, CompressionLevel.NoCompression).Open();

    // ML.NET takes the temporary folder from its context, and the caller's context is not changed.
    private MLContext ContextOf(MLContext mlContext) => mlContext.TempFilePath == _temporary
        ? mlContext
        : new MLContext { TempFilePath = _temporary, GpuDeviceId = mlContext.GpuDeviceId, FallbackToCpu = mlContext.FallbackToCpu };

    private ITransformer Open(MLContext mlContext, out DataViewSchema inputSchema)
    {
        _stream.Position = 0;
        try
        {
            return mlContext.Model.Load(_stream, out inputSchema);
        }
        catch
        {
            TemporaryFolder.Delete(_temporary, _standIns.ToLookup(model => model.Length, model => model.Mark));
            throw;
        }
    }
}
