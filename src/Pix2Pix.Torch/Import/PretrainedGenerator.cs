using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// Imports generators trained in PyTorch: weights with the names used by junyanz/pytorch-CycleGAN-and-pix2pix, for its U-Net of any depth
/// and its ResNet with any number of blocks.
/// </summary>
public static class PretrainedGenerator
{
    /// <summary>
    /// Loads the weights of a generator, such as <c>latest_net_G.pth</c>. The kind, depth or number of blocks, filters, channels and
    /// normalization are derived from the names and shapes of the weights.
    /// </summary>
    /// <param name="path">
    /// A state dict: a file written by <c>torch.save</c>, either zipped or in the format before PyTorch 1.6, or a safetensors file. Values
    /// may have 16, 32 or 64 bits and are stored as 32 bits. No code in the file is executed, and memory use is bounded by the file size.
    /// </param>
    /// <param name="options">The image size and any settings that the weights do not determine; null for the defaults.</param>
    /// <returns>The generator on the CPU; the caller disposes of it.</returns>
    /// <exception cref="WeightImportException">
    /// The file is damaged, has an unsupported format, or contains more than a state dict; or its weights are not those of a supported
    /// generator, or not of one that accepts the requested image size. One message lists all problems with names, shapes and options.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message states the reason and the fix.</exception>
    public static Generator Load(string path, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = WeightFile.Open(path);
            var plan = ImportPlan.Of(file.Tensors, options ?? ImportOptions.Default);
            TorchRuntime.Initialize();
            return plan.Build(file);
        }
        catch (InvalidDataException e)
        {
            throw new WeightImportException(path, e);
        }
    }
}
