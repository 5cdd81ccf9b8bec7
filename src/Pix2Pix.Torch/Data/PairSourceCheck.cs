namespace Pix2Pix.Torch.Data;

/// <summary>Checks that a training can use a source of pairs.</summary>
internal static class PairSourceCheck
{
    /// <param name="pairs">The source.</param>
    /// <param name="parameter">The name of the parameter that contains it.</param>
    /// <param name="purpose">The purpose of the pairs, worded to follow "to".</param>
    /// <param name="expected">The preparation that the training requires.</param>
    /// <exception cref="ArgumentException">There are no pairs, or they were prepared for other options.</exception>
    public static void Check(IPairSource pairs, string parameter, string purpose, PairPreparation expected)
    {
        if (pairs.Count == 0)
            throw new ArgumentException($"There are no pairs to {purpose}; expected at least one.", parameter);
        if (pairs is ImagePairs { Preparation: var prepared } && prepared != expected)
        {
            throw new ArgumentException(
                $"The pairs to {purpose} were made for other options than the trainer's.\n  Made for: {prepared}\n  " +
                $"Expected: {expected}\nMake the ImagePairs from the options that the trainer has, and those to validate with by " +
                "ImagePairs.ForValidation.",
                parameter);
        }
    }
}
