namespace Pix2Pix;

/// <summary>Which mean and variance batch normalization uses when the generator translates. Without effect on other norms.</summary>
public enum NormStatistics
{
    /// <summary>
    /// Those of the image at hand, as the paper and its peers test. An image's result never depends on the others of its batch.
    /// </summary>
    Image,

    /// <summary>The averages gathered in training: faster, since they are folded into the convolutions; other pictures.</summary>
    Running,

    /// <summary>
    /// Whichever of the two scored better in validation. The generator then learns with the statistics of the batch, or the running
    /// ones would not move. A choice for training alone: what is exported has one of the two.
    /// </summary>
    Auto,
}
