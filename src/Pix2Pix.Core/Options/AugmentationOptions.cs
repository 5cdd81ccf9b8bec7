namespace Pix2Pix;

/// <summary>How each step shows a pair differently: one draw for both images, but for the colours. Immutable.</summary>
public sealed record AugmentationOptions
{
    /// <summary>The paper's: crops of images that are 286/256 of the size, and mirror images.</summary>
    public static AugmentationOptions Default { get; } = new();

    /// <summary>Neither crop nor mirror nor anything else.</summary>
    public static AugmentationOptions None { get; } = new() { LoadScale = 1, Mirror = false };

    /// <summary>Images are kept this much larger than the generator's size, and each step crops another part.</summary>
    /// <value>The default is 286 / 256, as in the paper. 1 turns the crop off.</value>
    public double LoadScale { get; init => field = Guard.InRange(value, 1.0, 4.0); } = 286.0 / 256;

    /// <summary>Whether half of the draws mirror both images left to right.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Mirror { get; init; } = true;

    /// <summary>Whether both images are turned by 0, 90, 180 or 270 degrees, drawn for each step; for maps and textures.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Needs a square generator.</remarks>
    public bool RightAngles { get; init; }

    /// <summary>
    /// Both images are scaled up by a factor drawn from 1 to this one before the crop, each with its kernel of
    /// <see cref="PreprocessingOptions"/>.
    /// </summary>
    /// <value>The default is 1: off.</value>
    /// <remarks>A set on a GPU goes back to the host with it, as with <see cref="InputColorJitter"/>.</remarks>
    public double MaxScale { get; init => field = Guard.InRange(value, 1.0, 4.0); } = 1;

    /// <summary>
    /// How far brightness, contrast and saturation of the input alone may be drawn from 1: 0.2 is from 0.8 to 1.2. For photographs.
    /// </summary>
    /// <value>The default is 0: off.</value>
    /// <remarks>
    /// Blends the crop with black, with its mean luma, and each pixel with its own luma (0.299 R + 0.587 G + 0.114 B, ITU-R BT.601), in
    /// this order. RGB inputs have all three, gray ones brightness and contrast; others cannot be changed so.
    /// </remarks>
    public double InputColorJitter { get; init => field = Guard.InRange(value, 0.0, 1.0); }
}
