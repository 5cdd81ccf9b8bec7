using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class TrainingHintsTests
{
    [Fact]
    public void After_PersistentProblem_IsReportedOnce()
    {
        var hints = new TrainingHints(LossOptions.Default);

        var told = ProgressStream.Of(10, 100, (_, p) => p with { Losses = new() { Discriminator = 0.01, L1 = 0.4 }, LearningRate = 0 })
            .SelectMany(hints.After).Select(hint => (hint.Kind, hint.Epoch, hint.Step)).ToList();

        Assert.Equal(
            [(TrainingHintKind.LearningRateZero, 1, 1L), (TrainingHintKind.DiscriminatorWins, 2, 200L)],
            told);
    }

    [Fact]
    public void After_HealthyTraining_HasNoHints()
    {
        var hints = new TrainingHints(LossOptions.Default);
        Assert.Empty(ProgressStream.Of(10, 100, (step, p) => p with { Losses = new() { Discriminator = 0.4, L1 = 0.5 - (step / 10000.0) } }).SelectMany(hints.After));
    }

    /// <summary>L1 is not computed if its weight is 0. Its value of 0 must not count as a falling L1.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 1)]
    public void After_ValidationRises_ReportsOverfittingIfL1IsUsed(double l1Weight, int expected)
    {
        var hints = new TrainingHints(new() { L1Weight = l1Weight, L2Weight = 10 });
        var told = ProgressStream.Of(8, 10, (_, p) =>
        {
            p = p with { Losses = p.Losses with { L1 = l1Weight > 0 ? 0.5 / p.Epoch : 0 } };
            return p.EndsEpoch ? p.WithValidation(0.1 * p.Epoch) : p;
        }).SelectMany(hints.After).ToList();
        Assert.Equal(expected, told.Count(hint => hint.Kind == TrainingHintKind.Overfitting));
    }

    [Fact]
    public void After_Note_IsReported()
    {
        var note = new NoteRule(TrainingHintKind.ReportNotWritten);
        var hints = new TrainingHints(LossOptions.Default, note);
        var stream = ProgressStream.Of(1, 3, (_, p) => p).ToList();

        Assert.Empty(hints.After(stream[0]));
        note.Note = "The disk is full.";
        Assert.Equal([new(TrainingHintKind.ReportNotWritten, 1, 2, "The disk is full.")], hints.After(stream[1]));
        Assert.Empty(hints.After(stream[2]));
    }
}
