using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>The rules that compare epochs: rising L1, and overfitting.</summary>
public class EpochRuleTests
{
    [Fact]
    public void L1_RisesThreeTimes_ReportsFromWhereToWhere()
    {
        // Losses are of values in [-1, 1]; the text is in 0 to 1.
        var hint = new L1Rule().First(Stream([0.50, 0.40, 0.30, 0.31, 0.32, 0.33]));

        Assert.Equal(60, hint!.Value.Step);
        Assert.Equal(
            "The training L1 is rising: its mean is 0.1650 in epoch 6, up from 0.1500 in epoch 3. Try a smaller learning rate, or a " +
            "larger L1Weight relative to the adversarial loss.",
            hint.Value.Text);
    }

    [Theory]
    [InlineData(0.5, 0.4, 0.3, 0.31, 0.32, 0.3)] // only two consecutive rises
    [InlineData(0.5, 0.4, 0.3, 0.301, 0.302, 0.303)] // by 1 %
    [InlineData(0.5, 0.3, 0.4, 0.3, 0.4, 0.3)] // up and down
    [InlineData(0.5, 0.4, 0.3, 0.3, 0.3, 0.3)]
    public void L1_NoSteadyRise_ReportsNothing(params double[] epochs) => Assert.Null(new L1Rule().First(Stream(epochs)));

    [Fact]
    public void Overfitting_ValidationRisesWhileTrainingFalls_ReportsBoth()
    {
        var hint = new OverfittingRule().First(
            Stream([0.50, 0.40, 0.30, 0.25, 0.20, 0.15], validations: [0.20, 0.18, 0.17, 0.18, 0.19, 0.20]));

        Assert.Equal(60, hint!.Value.Step);
        Assert.Equal(
            "The model is overfitting: since epoch 3, the training L1 has fallen from 0.1500 to 0.0750, but the validation L1 has risen from " +
            "0.1700 to 0.2000. Keep the weights of the best epoch or stop early, or try more pairs, more augmentation, or fewer filters.",
            hint.Value.Text);
    }

    [Fact]
    public void Overfitting_TrainingDoesNotFall_ReportsNothing() => Assert.Null(new OverfittingRule().First(
        Stream([0.3, 0.3, 0.3, 0.3, 0.3, 0.3], validations: [0.17, 0.18, 0.2, 0.2, 0.2, 0.2])));

    [Fact]
    public void Overfitting_ValidationComesBack_ReportsNothing() => Assert.Null(new OverfittingRule().First(
        Stream([0.5, 0.4, 0.3, 0.2, 0.1, 0.05], validations: [0.2, 0.22, 0.22, 0.19, 0.21, 0.21])));

    [Fact]
    public void Overfitting_NoValidation_ReportsNothing() => Assert.Null(new OverfittingRule().First(Stream([0.5, 0.4, 0.3, 0.2, 0.1, 0.05])));

    /// <summary>Ten steps per epoch, with noise that the mean removes.</summary>
    private static IEnumerable<TrainingProgress> Stream(double[] epochs, double[]? validations = null)
        => ProgressStream.Of(epochs.Length, stepsOfEpoch: 10, (step, p) =>
        {
            p = p with { Losses = p.Losses with { L1 = epochs[p.Epoch - 1] + (step % 2 == 0 ? 0.1 : -0.1) } };
            return p.EndsEpoch && validations is not null ? p.WithValidation(validations[p.Epoch - 1]) : p;
        });
}
