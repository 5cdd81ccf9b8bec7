using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// Generators that PyTorch trained: weights under the names of junyanz/pytorch-CycleGAN-and-pix2pix, its U-Net of any depth and its ResNet
/// of any number of blocks.
/// </summary>
public static class PretrainedGenerator
{
    /// <summary>
    /// Loads the weights of a generator, such as <c>latest_net_G.pth</c>. Kind, depth or blocks, filters, channels and normalization are
    /// told from their names and shapes.
    /// </summary>
    /// <param name="path">
    /// A state dict: a file of <c>torch.save</c>, zipped or of the form before PyTorch 1.6, or safetensors. Numbers of 16, 32 or 64 bits,
    /// kept as 32. Nothing of the file is executed, and no more memory is taken than its size justifies.
    /// </param>
    /// <param name="options">The size of images, and what the weights do not tell; null for the defaults.</param>
    /// <returns>The generator on the CPU; the caller disposes of it.</returns>
    /// <exception cref="WeightImportException">
    /// The file is damaged, or of another kind, or holds more than a state dict; or its weights are not those of such a generator, or not
    /// of one that takes images of the size asked for. All that is wrong with names, shapes and options is in one message.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message says why and what to do.</exception>
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
