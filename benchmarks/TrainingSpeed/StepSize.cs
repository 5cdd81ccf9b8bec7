namespace TrainingSpeed;

/// <summary>The size of a step: square images, and the same number of filters in both networks.</summary>
/// <param name="Size">Width and height in pixels, a power of two.</param>
/// <param name="Filters">The filters of the first layers.</param>
/// <param name="Batch">The batch size.</param>
internal sealed record StepSize(int Size, int Filters, int Batch)
{
    private const int Colors = 3;

    /// <summary>
    /// The floating-point operations of a step, two for each product and sum: three passes of the generator (forward, and backward to
    /// inputs and to weights), eight of the discriminator (two forward and their backward to inputs and weights, one forward and its
    /// backward to inputs). Norms, activations and the optimizer are not counted.
    /// </summary>
    public double Operations => Batch * ((3 * Generator) + (8 * Discriminator));

    private double Generator
    {
        get
        {
            double sum = 0;
            int depth = (int)Math.Log2(Size);
            for (int level = 0; level < depth; level++)
            {
                double positions = Math.Pow(Size >> (level + 1), 2); // of the smaller feature map
                int from = level == 0 ? Colors : Channels(level - 1);
                int above = Channels(level) * (level == depth - 1 ? 1 : 2);
                sum += positions * 16 * ((from * Channels(level)) + (above * from));
            }

            return 2 * sum;
        }
    }

    private double Discriminator
    {
        get
        {
            double half = Size / 2, quarter = Size / 4, eighth = Size / 8;
            return 2 * 16 * (
                (half * half * 2 * Colors * Filters)
                + (quarter * quarter * Filters * 2 * Filters)
                + (eighth * eighth * 2 * Filters * 4 * Filters)
                + ((eighth - 1) * (eighth - 1) * 4 * Filters * 8 * Filters)
                + ((eighth - 2) * (eighth - 2) * 8 * Filters));
        }
    }

    private int Channels(int level) => Filters * Math.Min(1 << level, 8);
}
