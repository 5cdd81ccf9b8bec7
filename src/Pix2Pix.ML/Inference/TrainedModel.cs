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
    /// <summary>
    /// Exports an untrained network of the same options but a single filter, opens it and translates an image, as <see cref="Open"/> will
    /// do after the training. What the options make impossible fails here, before anything is lost.
    /// </summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidOperationException">The GPU was requested and is not available, and fallback was not requested.</exception>
    public void Rehearse()
    {
        using var quiet = new Pix2PixLog(null, "Rehearsal");
        using var trainer = new Pix2PixTrainer(
            options.Generator with { Filters = 1 }, options.Discriminator with { Filters = 1 }, training with { AverageDecay = 0 });
        NormStatistics[] possible = options.Inference.Statistics == NormStatistics.Auto
            ? [NormStatistics.Image, NormStatistics.Running]
            : [options.Inference.Statistics];
        foreach (var statistics in possible)
            Translate(Write(trainer.Generator, statistics));

        void Translate(byte[] file)
        {
            try
            {
                using var generator = OpenFile(file, Device, quiet);
                generator.Translate(new byte[generator.Shape.ImageLength], new byte[generator.Shape.ImageLength]);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"The options contradict each other:\n  {e.Message}", e);
            }
        }
    }

    /// <summary>
    /// Exports the network, opens it in ONNX Runtime and compares both. A comparison that fails, or that finds a difference, is a warning
    /// in the log: the model is returned in any case.
    /// </summary>
    /// <param name="network">The network; it stays the caller's.</param>
    /// <param name="statistics">The statistics to translate with.</param>
    /// <param name="compared">The images that both runtimes translate.</param>
    /// <returns>The open model, and the result of the comparison; null where it could not be made.</returns>
    /// <exception cref="InvalidOperationException">The model cannot be opened. It was saved to a file, which the message names.</exception>
    public (OnnxGenerator Generator, OnnxParity? Parity) Open(Generator network, NormStatistics statistics, IReadOnlyList<PixelImage> compared)
    {
        var file = Write(network, statistics);
        Garbage.Collect(); // the buffers that held the weights while they were written
        OnnxGenerator generator;
        try
        {
            generator = OpenOnAnyDevice(file);
        }
        catch (Exception e)
        {
            throw Rescued(file, e);
        }

        return (generator, Compare(network, generator, compared));
    }

    private GpuChoice Device => gpu.Or(options.Execution);

    // After a training on the GPU its memory may be too full for a second runtime.
    private OnnxGenerator OpenOnAnyDevice(byte[] file)
    {
        try
        {
            return OpenFile(file, Device, log);
        }
        catch (Exception e) when (Device.DeviceId is not null)
        {
            log.Warning($"The trained model cannot be opened on CUDA device {Device.DeviceId}, so it translates on the CPU: {e.Message}");
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
        catch (Exception e) // whatever it is, the model is worth more than its comparison
        {
            log.Warning($"The exported model could not be compared with the trained network: {e.Message}");
            return null;
        }

        log.Info(
            $"The pictures of ONNX Runtime ({generator.Provider}) and TorchSharp differ by at most {parity.MaxDifferenceInLevels} of 255 " +
            "levels.");
        if (options.Weights == WeightPrecision.Single && !parity.IsWithinTolerance)
        {
            log.Warning(
                $"The exported model differs from the trained network by {parity.MaxDifferenceInLevels} of 255 levels on {parity.Images} " +
                $"images; expected at most {OnnxParity.Tolerance}. Compare some translations with your targets before you use the model. If " +
                $"they look wrong, please report the options: {network.Options}, {generator.Inference}.");
        }
        else if (options.Weights != WeightPrecision.Single && parity.MaxDifferenceInLevels > 1)
        {
            log.Warning(
                $"Weights = {options.Weights} changes pictures by up to {parity.MaxDifferenceInLevels} levels; Weights = Single does not.");
        }

        return parity;
    }

    // Opening was rehearsed, so this is about the machine: memory ran out, the GPU is gone. The training is not lost with it.
    private static InvalidOperationException Rescued(byte[] file, Exception e)
    {
        var path = Path.Combine(Path.GetTempPath(), $"pix2pix-{Guid.NewGuid():N}.onnx");
        try
        {
            AtomicFile.Write(path, stream => stream.Write(file));
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            return new InvalidOperationException(
                $"The training is done, but its model can neither be opened ({e.Message}) nor be saved to '{path}' ({other.Message}).", e);
        }

        return new InvalidOperationException(
            $"The training is done, but its model cannot be opened: {e.Message} It was saved to '{path}'; open it with ApplyPix2PixModel.", e);
    }

    private byte[] Write(Generator network, NormStatistics statistics)
    {
        KeyValuePair<string, string>[] metadata =
        [
            new("pix2pix.discriminator", OptionsJson.Write(options.Discriminator)),
            new("pix2pix.training", OptionsJson.Write(training)),
            new(OnnxNames.Preprocessing, OptionsJson.Write(training.Preprocessing)),
        ];
        using var stream = new MemoryStream(ModelFile.Capacity(network.ParameterCount));
        GeneratorExporter.Write(network, options.Inference with { Statistics = statistics }, stream, metadata);
        var model = stream.ToArray();
        return options.Weights == WeightPrecision.Single
            ? model
            : ModelFile.Bytes(model, narrow => FormattedModel.Write(model, new OnnxFormat { Weights = options.Weights }, narrow));
    }
}
