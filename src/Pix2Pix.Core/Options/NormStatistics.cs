namespace Pix2Pix;

/// <summary>The mean and variance that batch normalization uses when the generator translates. No effect on other norms.</summary>
public enum NormStatistics
{
    /// <summary>
    /// The statistics of the current image, as in the tests of the paper and of other implementations. The result of an image never depends
    /// on the others of its batch.
    /// </summary>
    Image,

    /// <summary>The running averages of training. Faster, because they are folded into the convolutions; the images differ.</summary>
    Running,

    /// <summary>
    /// Whichever of the two scored better in validation. The generator is then trained with the statistics of the batch, because otherwise
    /// the running statistics would not be updated. For training only: an exported model has one of the two.
    /// </summary>
    Auto,
}
