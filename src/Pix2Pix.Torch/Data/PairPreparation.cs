using System.ComponentModel;
using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Prepares two images of any size as a training pair: crops and resizes them as the <see cref="PreprocessingOptions"/> specify, then
/// converts them to the generator's channels. Immutable and thread-safe; equal instances prepare equal pairs.
/// </summary>
internal sealed record PairPreparation
{
    /// <summary>
    /// Aspect ratios that differ by no more than this are considered equal, to allow for halves of odd sizes and rounded thumbnails.
    /// </summary>
    private const double AspectTolerance = 0.02;

    /// <summary>Creates the preparation for a generator and a training.</summary>
    public PairPreparation(GeneratorOptions generator, TrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(training);
        (Width, Height) = (generator.Width, generator.Height);
        LoadWidth = (int)Math.Round(Width * training.Augmentation.LoadScale);
        LoadHeight = (int)Math.Round(Height * training.Augmentation.LoadScale);
        (Input, Target) = (generator.Input, generator.Output);
        Options = training.Preprocessing;
    }

    /// <summary>The width of the images in a training step, in pixels.</summary>
    public int Width { get; }

    /// <summary>The height of the images in a training step, in pixels.</summary>
    public int Height { get; }

    /// <summary>
    /// The width, in pixels, that images are resized to in the modes <see cref="PreprocessingMode.ResizeAndCrop"/> and
    /// <see cref="PreprocessingMode.ScaleWidth"/>.
    /// </summary>
    public int LoadWidth { get; }

    /// <summary>The height, in pixels, that images are resized to in the mode <see cref="PreprocessingMode.ResizeAndCrop"/>.</summary>
    public int LoadHeight { get; }

    /// <summary>The channels of prepared inputs.</summary>
    public ImageChannels Input { get; }

    /// <summary>The channels of prepared targets.</summary>
    public ImageChannels Target { get; }

    /// <summary>The preprocessing mode and the resize kernels.</summary>
    public PreprocessingOptions Options { get; }

    /// <summary>Determines whether two images have the same aspect ratio, at any resolution.</summary>
    public static bool HaveSameShape(PixelImage input, PixelImage target)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        var (a, b) = ((double)input.Width * target.Height, (double)target.Width * input.Height);
        return Math.Abs(a - b) <= AspectTolerance * Math.Max(a, b);
    }

    /// <summary>Prepares a pair: two images of the same size that share no memory with the given ones.</summary>
    /// <param name="input">The input image: gray, RGB or RGBA.</param>
    /// <param name="target">The target image: gray, RGB or RGBA, with the input's aspect ratio.</param>
    /// <param name="name">The name of the pair in messages and reports.</param>
    /// <exception cref="ArgumentException">
    /// The aspect ratios of the two images differ by more than two percent, or the preprocessing mode does not allow their sizes.
    /// </exception>
    public ImagePair Prepare(PixelImage input, PixelImage target, string? name = null)
    {
        if (!HaveSameShape(input, target))
        {
            throw new ArgumentException(
                $"The input is {Size(input)} and the target is {Size(target)}; expected the same aspect ratio at any resolution. Crop " +
                "one of the images to match the other.");
        }

        var (width, height) = SizeOf(input, target);
        return new ImagePair(
            Prepared(input, width, height, Options.InputKernel, Input), Prepared(target, width, height, Options.TargetKernel, Target))
        {
            Name = name,
        };
    }

    /// <summary>The size of both images of a prepared pair.</summary>
    private (int Width, int Height) SizeOf(PixelImage input, PixelImage target) => Options.Mode switch
    {
        PreprocessingMode.ResizeAndCrop => (LoadWidth, LoadHeight),
        PreprocessingMode.Crop => AtLeastCrop(
            input.Width, input.Height, $"The input is {Size(input)}, and mode {Options.Mode} does not resize it"),
        PreprocessingMode.ScaleWidth => AtLeastCrop(
            LoadWidth,
            HeightAt(LoadWidth, input),
            $"The input is {Size(input)}, and mode {Options.Mode} resizes it to {LoadWidth}x{HeightAt(LoadWidth, input)}"),
        PreprocessingMode.None => Exactly(input, target),
        _ => throw new InvalidEnumArgumentException(nameof(Options.Mode), (int)Options.Mode, typeof(PreprocessingMode)),
    };

    private (int Width, int Height) AtLeastCrop(int width, int height, string what)
    {
        if (width >= Width && height >= Height)
            return (width, height);
        throw new ArgumentException(
            $"{what}; expected at least the generator's {Width}x{Height}. Remove the pair, use a smaller generator size, or use mode " +
            $"{PreprocessingMode.ResizeAndCrop}.");
    }

    private (int Width, int Height) Exactly(PixelImage input, PixelImage target)
    {
        if ((input.Width, input.Height) == (Width, Height) && (target.Width, target.Height) == (Width, Height))
            return (Width, Height);
        throw new ArgumentException(
            $"The input is {Size(input)} and the target is {Size(target)}; mode None does not resize images, so both must match the " +
            $"generator's {Width}x{Height}. Resize them first, or use mode ResizeAndCrop.");
    }

    // Resizes before converting, as inference does.
    private PixelImage Prepared(PixelImage image, int width, int height, ResizeKernel kernel, ImageChannels channels)
    {
        // Images with another aspect ratio are treated as in inference (see PreprocessingOptions.InputKernel).
        var cut = Options.Mode == PreprocessingMode.ResizeAndCrop && Options.InputKernel != ResizeKernel.Nearest;
        var shaped = cut ? ImageResizer.CropToAspect(image, width, height) : image;
        return ChannelConversion.ToChannels(ImageResizer.Resize(shaped, width, height, kernel), channels);
    }

    private static int HeightAt(int width, PixelImage image) => (int)Math.Max(1, Math.Round((double)image.Height * width / image.Width));

    private static string Size(PixelImage image) => $"{image.Width}x{image.Height}";
}
