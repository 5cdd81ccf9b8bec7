using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.ML.Inference;

/// <summary>Turns a trained network into an ONNX model that is open in ONNX Runtime.</summary>
/// <param name="options">How the model is written and opened.</param>
/// <param name="training">How the network was trained; written to the file.</param>
/// <param name="gpu">The device, unless the options name one for translation.</param>
/// <param name="log">Receives the provider in use and the result of the comparison.</param>
internal sealed class TrainedModel(Pix2PixOptions options, TrainingOptions training, GpuChoice gpu, Pix2PixLog log)
{
    private GpuChoice Device => gpu.Or(options.Execution);

    /// <summary>
    /// Finds options with which <see cref="Open"/> would fail after training. An untrained network with the same options but a single
    /// filter is exported and opened, and translates an image.
    /// </summary>
    /// <param name="network">The network that is to be trained; only its size matters.</param>
    /// <exception cref="ArgumentException">Options contradict each other; all contradictions are named.</exception>
    /// <exception cref="InvalidOperationException">The GPU was requested and is not available, and fallback was not requested.</exception>
    public void CheckExport(Generator network)
    {
        using var trainer = new Pix2PixTrainer(
            options.Generator with { Filters = 1 }, options.Discriminator with { Filters = 1 }, training with { AverageDecay = 0 });
        NormStatistics[] possible = options.Inference.Statistics == NormStatistics.Auto
            ? [NormStatistics.Image, NormStatistics.Running]
            : [options.Inference.Statistics];
        byte[][] files = [.. possible.Select(statistics => Write(trainer.Generator, statistics))];
        string?[] problems =
        [
            SizeProblem(network),
            BatchProblem(),
            .. files.Select(file => SessionModel.Problem(file, options.Sizing.Kind)).Distinct(),
        ];
        OptionsCheck.Throw(problems.OfType<string>());

        using var quiet = new Pix2PixLog(null, "ExportCheck");
        foreach (var file in files)
        {
            using var generator = OpenFile(file, Device, quiet);
            generator.Translate(new byte[generator.Shape.ImageLength], new byte[generator.Shape.ImageLength]);
        }

        WarnOfTemporaryFolder();
    }

    /// <summary>
    /// Exports the network, opens it in ONNX Runtime and compares both. If the comparison fails or finds a difference, a warning is
    /// logged, and the model is returned nevertheless.
    /// </summary>
    /// <param name="network">The network. The caller keeps ownership.</param>
    /// <param name="statistics">The statistics to translate with.</param>
    /// <param name="compared">The images that both runtimes translate.</param>
    /// <returns>The open model, and the result of the comparison, or null if the comparison failed.</returns>
    /// <exception cref="InvalidOperationException">
    /// The model cannot be opened. It was saved to a file; the message names the file.
    /// </exception>
    public (OnnxGenerator Generator, OnnxParity? Parity) Open(
        Generator network, NormStatistics statistics, IReadOnlyList<PixelImage> compared)
    {
        OnnxGenerator generator;
        try
        {
            var file = Write(network, statistics);
            // Frees the buffers of the weights. The garbage collector does not know that native code is about to allocate as much.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            generator = OpenOnAnyDevice(file);
        }
        catch (Exception e)
        {
            throw SaveToFallback(network, statistics, e);
        }

        return (generator, Compare(network, generator, compared));
    }

    private string? SizeProblem(Generator network)
    {
        var size = ExportSize.Of(network, options.Inference);
        return size <= ExportSize.Limit
            ? null
            : $"The exported model would be {size / 1e9:0.0} GB with its weights and dropout masks, but an ONNX file is limited to 2 " +
                "GiB. Lower Generator.Filters, the image size or ResidualBlocks, or turn Inference.Dropout off.";
    }

    private string? BatchProblem()
    {
        var most = Array.MaxLength / (OnnxPixels.Channels * options.Generator.Width * options.Generator.Height);
        return options.Execution.BatchSize is { } batch && batch > most
            ? $"Execution.BatchSize is {batch}; expected at most {most} for images of {options.Generator.Width}x{options.Generator.Height}."
            : null;
    }

    private void WarnOfTemporaryFolder()
    {
        if (TemporaryFolder.Problem(Path.GetTempPath()) is { } problem)
        {
            log.Warning($"The temporary folder '{Path.GetTempPath()}' is not writable: {problem} Set mlContext.TempFilePath to a folder that " +
                "is writable before mlContext.Model.Save, which fails otherwise.");
        }
    }

    // After training on a GPU, its memory may be too full for a second runtime.
    private OnnxGenerator OpenOnAnyDevice(byte[] file)
    {
        try
        {
            return OpenFile(file, Device, log);
        }
        catch (Exception e) when (Device.DeviceId is not null)
        {
            log.Warning($"The trained model cannot be loaded on CUDA device {Device.DeviceId} and will run on the CPU: {e.Message}");
            return OpenFile(file, default, log);
        }
    }

    private OnnxGenerator OpenFile(byte[] file, GpuChoice device, Pix2PixLog to)
        => new(file, new OpenOptions(device, options.Execution, options.Sizing), to);

    private OnnxParity? Compare(Generator network, OnnxGenerator generator, IReadOnlyList<PixelImage> images)
    {
        OnnxParity parity;
        try
        {
            parity = RuntimeComparison.Compare(network, generator, images);
        }
        catch (Exception e)
        {
            log.Warning($"The exported model could not be compared with the trained network: {e.Message}");
            return null;
        }

        log.Info(
            $"The outputs of ONNX Runtime ({generator.Provider}) and TorchSharp differ by at most {parity.MaxDifferenceInLevels} of 255 " +
            "levels.");
        if (options.Weights == WeightPrecision.Single && !parity.IsWithinTolerance)
        {
            log.Warning(
                $"The exported model differs from the trained network by {parity.MaxDifferenceInLevels} of 255 levels on " +
                $"{Pluralize.Of(parity.Images, "image")}; expected at most {OnnxParity.Tolerance}. Compare some translations with their " +
                $"targets before you use the model. If they look wrong, please file an issue with these options: {network.Options}, " +
                $"{generator.Inference}.");
        }
        else if (options.Weights != WeightPrecision.Single && parity.MaxDifferenceInLevels > 1)
        {
            log.Warning(
                $"Weights = {options.Weights} changes the translations by up to {parity.MaxDifferenceInLevels} of 255 levels. Set " +
                "Weights = Single to avoid this.");
        }

        return parity;
    }

    // CheckExport has already rejected invalid options. The remaining causes are memory, disk and GPU.
    private InvalidOperationException SaveToFallback(Generator network, NormStatistics statistics, Exception e)
    {
        string?[] folders = [options.Checkpoints?.Folder, options.Report?.Folder, Path.GetTempPath(), Environment.CurrentDirectory];
        var failures = new List<string>();
        foreach (var folder in folders.OfType<string>())
        {
            var path = Path.Combine(folder, $"pix2pix-{Guid.NewGuid():N}.onnx");
            try
            {
                AtomicFile.Write(path, stream => WriteSingle(network, statistics, stream));
                return new InvalidOperationException(
                    $"Training finished, but the model could not be loaded: {e.Message} It was saved to '{path}'; load it with ApplyModel.",
                    e);
            }
            catch (Exception other)
            {
                failures.Add($"'{path}' ({other.Message})");
            }
        }

        return new InvalidOperationException(
            $"Training finished, but the model could neither be loaded ({e.Message}) nor saved to {string.Join(" or ", failures)}.", e);
    }

    private byte[] Write(Generator network, NormStatistics statistics)
    {
        using var stream = new MemoryStream(ModelFile.Capacity(network.ParameterCount));
        WriteSingle(network, statistics, stream);
        var model = stream.ToArray();
        return options.Weights == WeightPrecision.Single
            ? model
            : ModelFile.Bytes(model, narrow => OnnxVariants.Write(model, new OnnxFormat { Weights = options.Weights }, narrow));
    }

    private void WriteSingle(Generator network, NormStatistics statistics, Stream stream) => GeneratorExporter.Write(
        network,
        options.Inference with { Statistics = statistics },
        stream,
        [
            new("pix2pix.discriminator", OptionsJson.Write(options.Discriminator.For(options.Generator))),
            new("pix2pix.training", OptionsJson.Write(training)),
            new(OnnxNames.Preprocessing, OptionsJson.Write(training.Preprocessing)),
        ]);
}
