using Pix2Pix;
using Spectre.Console;

namespace Quickstart;

/// <summary>Shows how a training goes: a bar in a terminal, a line every ten seconds elsewhere.</summary>
internal static class TrainingDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Runs <paramref name="train"/>, shows its progress, and keeps it in <paramref name="log"/>.</summary>
    public static T Show<T>(LossLog log, Func<IProgress<TrainingProgress>, T> train) =>
        AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected ? ShowBar(log, train) : ShowLines(log, train);

    private static T ShowBar<T>(LossLog log, Func<IProgress<TrainingProgress>, T> train) =>
        AnsiConsole.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("getting ready");
                return train(new Reporter(step =>
                {
                    log.Report(step);
                    bar.MaxValue = step.Steps;
                    bar.Value = step.Step;
                    bar.Description = Describe(step, log);
                }));
            });

    private static T ShowLines<T>(LossLog log, Func<IProgress<TrainingProgress>, T> train)
    {
        TimeSpan next = BetweenLines;
        return train(new Reporter(step =>
        {
            log.Report(step);
            bool isLast = step.Step == step.Steps;
            if (!isLast && (step.Elapsed < next || step.Remaining < Soon)) // the last line says the same as one just before it
                return;

            next = step.Elapsed + BetweenLines;
            Console.WriteLine(Describe(step, log));
        }));
    }

    // Single steps jump: the losses are means over the last ones.
    private static string Describe(TrainingProgress step, LossLog log)
    {
        const int Window = 20;
        TrainingProgress[] last = [.. log.Steps.TakeLast(Window)];
        return $"epoch {step.Epoch}/{step.Epochs}  D {last.Average(s => s.Losses.Discriminator):0.00}  " +
            $"G {last.Average(s => s.Losses.Adversarial):0.00}  L1 {last.Average(LossLog.L1):0.000}  {Left(step.Remaining)} left";
    }

    private static string Left(TimeSpan time) => time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss") : time.ToString(@"m\:ss");

    // IProgress without the thread hop of Progress<T>: the report is over when the step goes on.
    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
