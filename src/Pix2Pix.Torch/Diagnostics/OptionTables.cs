using Pix2Pix.Reporting;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>All options of a training, record by record.</summary>
internal static class OptionTables
{
    /// <summary>
    /// Those of the networks, of the training, and of what surrounds it; of validation and checkpoints, where there are any.
    /// </summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<OptionRow> Options)> Of(Pix2PixTrainer trainer, TrainingRun run)
    {
        List<(string, IReadOnlyList<OptionRow>)> tables =
        [
            ("Training", OptionRow.Of(trainer.Options, TrainingOptions.Default)),
            ("Generator", OptionRow.Of(trainer.Generator.Options, GeneratorOptions.Default)),
            ("Discriminator", OptionRow.Of(trainer.DiscriminatorOptions, DiscriminatorOptions.Default.For(trainer.Generator.Options))),
            ("Inference", OptionRow.Of(run.Inference, InferenceOptions.Default)),
        ];
        if (run.ValidationSet is not null)
            tables.Add(("Validation", OptionRow.Of(run.Validation, ValidationOptions.Default)));
        if (run.Checkpoints is { } checkpoints)
            tables.Add(("Checkpoints", OptionRow.Of(checkpoints, new CheckpointOptions { Folder = "-" }))); // no folder is the usual one
        return tables;
    }
}
