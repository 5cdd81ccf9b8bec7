using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Onnx;
using Pix2Pix.Torch.Training;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.ML.Inference;

/// <summary>What a training ends with: the network as an ONNX file, opened, and compared with itself.</summary>
/// <param name="options">How it is written and opened.</param>
/// <param name="training">How it learnt: kept in the file.</param>
/// <param name="statistics">Those to translate with.</param>
internal sealed class TrainedModel(Pix2PixOptions options, TrainingOptions training, NormStatistics statistics)
{
    /// <summary>Opens it in ONNX Runtime.</summary>
    /// <param name="network">The network, which stays the caller's.</param>
    /// <param name="compared">Pairs whose inputs both runtimes translate.</param>
    /// <param name="gpu">The device, unless the options name one for translation.</param>
    /// <param name="log">Told of the comparison.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime gives another picture.</exception>
    public (OnnxGenerator Generator, OnnxParity Parity) Open(Generator network, ImagePair[] compared, GpuChoice gpu, Pix2PixLog log)
    {
        var file = Write(network);
        Garbage.Collect(); // weights as often as writing had them
        var generator = new OnnxGenerator(file, new OpenOptions(gpu.Or(options.Execution), options.Execution, options.Sizing), log);
        try
        {
            var parity = RuntimeComparison.Compare(network, generator, compared, options.Weights);
            log.Info($"ONNX Runtime ({generator.Provider}) and TorchSharp differ by {parity.MaxDifferenceInLevels} of 255 levels at most.");
            if (options.Weights != WeightPrecision.Single && parity.MaxDifferenceInLevels > 1)
            {
                log.Warning(
                    $"Weights = {options.Weights} changes pictures by {parity.MaxDifferenceInLevels} levels at most; Weights = Single would " +
                    "keep them.");
            }

            return (generator, parity);
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    private byte[] Write(Generator network)
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
