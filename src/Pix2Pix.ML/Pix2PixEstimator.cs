using Microsoft.ML;
using Pix2Pix.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix;

/// <summary>
/// Trains on pairs of images to translate one into the other (Isola et al., "Image-to-Image Translation with Conditional Adversarial
/// Networks", CVPR 2017).
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Input column data type | MLImage, any size |
/// | Output column data type | MLImage, the generator's size |
/// | Required NuGet in addition to Microsoft.ML | Pix2Pix.ML, and natives: libtorch and Microsoft.ML.OnnxRuntime |
/// | Exportable to ONNX | Yes: Pix2PixTransformer.SaveAsOnnx |
///
/// Fit reads the rows once and keeps them in memory as bytes. If they exceed Pix2PixOptions.MemoryBudget, it reads them again in each
/// epoch, on another thread. It shuffles the rows itself and never disposes of the images that it is given.
/// ]]></format>
/// </remarks>
public sealed class Pix2PixEstimator : IEstimator<Pix2PixTransformer>
{
    private readonly StageColumns _stage;
    private readonly PairColumns _columns;
    private readonly MLContext _mlContext;

    internal Pix2PixEstimator(string outputColumnName, PairColumns columns, Pix2PixOptions options, MLContext mlContext)
    {
        _stage = new StageColumns(columns.Input, outputColumnName);
        StockPipelineWriter.CheckNames(_stage);
        _columns = columns;
        Options = options;
        _mlContext = mlContext;
    }

    /// <summary>The options that the estimator was created with.</summary>
    public Pix2PixOptions Options { get; }

    /// <summary>Gets the input's columns and the column of translations.</summary>
    /// <exception cref="ArgumentException">
    /// A column to train on, or the input column, is missing or does not contain images; all such columns are named.
    /// </exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnCheck.Images(inputSchema, _columns.Training, "trains on");
        CheckInput(inputSchema);
        (int, int)? size = Options.Sizing.Kind == ImageSizing.ModelSize ? (Options.Generator.Width, Options.Generator.Height) : null;
        return ComputedSchema.Shape(inputSchema, _stage.Input, _stage.Output, size);
    }

    /// <summary>Trains the generator, exports it to ONNX, and compares the output of both runtimes.</summary>
    /// <param name="input">Rows with the columns to train on.</param>
    /// <returns>The transformer; dispose of it when done.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or does not contain images; the options contradict each other; or the shuffle window exceeds the memory budget.
    /// </exception>
    /// <exception cref="PairDataException">
    /// Rows cannot be used for training or validation; all such rows are named. Also thrown if a row changes during training when rows are
    /// streamed.
    /// </exception>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message says why and what to do.</exception>
    /// <exception cref="InvalidOperationException">
    /// The GPU or ONNX Runtime's native library is not available, or the options do not allow the checkpoints in the folder, or their
    /// absence (both are checked before the rows are read); or the checkpoint to resume from belongs to another training run, or has more
    /// epochs. Also thrown if the trained model cannot be opened, for example for lack of memory: the message names the file that it was
    /// saved to.
    /// </exception>
    /// <exception cref="TrainingDivergedException">
    /// A loss or a weight is no longer finite, and no generator of an earlier validation was kept. Otherwise Fit returns the generator of
    /// the best validation, and <see cref="TrainingSummary.EndReason"/> reports the divergence.
    /// </exception>
    /// <exception cref="CheckpointException">
    /// The checkpoint to resume from is damaged, or has another version of the format.
    /// </exception>
    /// <exception cref="IOException">
    /// The checkpoint folder or the report folder cannot be written to, or another training run is writing to it; this is checked before
    /// the rows are read. Or the disk has no room for the checkpoints; this is checked before the first step. Or the checkpoint cannot be
    /// read, for example because it is a pipe.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The options' cancellation token was canceled, or StopTraining was canceled while the rows were read for the first time.
    /// </exception>
    public Pix2PixTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Options.CancellationToken.ThrowIfCancellationRequested();
        // If training is stopped in advance, the caller wants a model without any step, which still requires reading the rows.
        var stop = Options.StopTraining.IsCancellationRequested ? CancellationToken.None : Options.StopTraining;
        using var log = new Pix2PixLog(_mlContext, "Training");
        var gpu = GpuChoice.Of(Options, _mlContext);
        var training = Options.Training with
        {
            Seed = Options.Training.Seed ?? CheckpointSeed() ?? log.NextSeed(),
            Statistics = Options.Training.Statistics ?? TrainedStatistics,
        };
        var sets = new PairSets(input, Options, training);
        sets.CheckColumns(_columns);
        var progress = new LoggedProgress(log, training.Losses, Options.Progress, Options.StopTraining);
        var run = new TrainingRun(Options)
        {
            Progress = progress,
            ValidationSource = sets.NoValidationYet,
            CheckpointProgress = new LoggedCheckpoints(log, Options.CheckpointProgress),
        };
        CheckOptions(training, run);
        if (Options.ValidationFraction > 0 && training.Preprocessing.Mode == PreprocessingMode.Crop)
            log.Warning(CropWarning());

        using var trainer = new Pix2PixTrainer(Options.Generator, Options.Discriminator, training, TrainingDevice(gpu, log));
        OnnxSession.Require(gpu.Or(Options.Execution));
        var trained = new TrainedModel(Options, training, gpu, log);
        trained.CheckExport(trainer.Generator);
        run.RequireFolders();
        var (pairs, validation) = Read(sets, new PairReader(_columns, training.Seed, Options.MemoryBudget, log), stop);
        var compared = RuntimeComparison.Choose(pairs.Read(Options.CancellationToken), Options.Generator);

        // Frees the memory that reading the rows used. The garbage collector does not know that native code is about to allocate as much.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var summary = Train(trainer, pairs, run with { ValidationSource = validation });
        progress.End();
        trainer.ReleaseTrainingState(); // writing the model takes as much memory as the training state
        log.Summary(summary, Options);
        var (generator, parity) = trained.Open(trainer.Generator, summary.Statistics, compared);
        return new Pix2PixTransformer(generator, _stage, summary, parity);
    }

    private (IPairSource Training, IPairSource? Validation) Read(PairSets sets, PairReader reader, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, Options.CancellationToken);
        try
        {
            return sets.Read(reader, ended.Token);
        }
        catch (OperationCanceledException e) when (ended.IsCancellationRequested)
        {
            Options.CancellationToken.ThrowIfCancellationRequested();
            throw new OperationCanceledException(
                "StopTraining was canceled while Fit was reading the data for the first time, before the first training step, so there " +
                "is no model to return. Existing checkpoints are unchanged.",
                e,
                stop);
        }
    }

    private static TrainingSummary Train(Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run)
    {
        try
        {
            return trainer.Train(pairs, run);
        }
        catch (CheckpointException e) when (e.Summary is { } summary)
        {
            return summary; // the trained model is complete; the failure to write its last checkpoint was logged
        }
    }

    // A resumed training run keeps its seed, even if the context provided it.
    private int? CheckpointSeed() => Options.Checkpoints is { } checkpoints ? CheckpointInfo.ToResume(checkpoints)?.Seed : null;

    // Fit alone does not need the input column if pairs are side by side. A chain requests the schema and then translates the training
    // rows: without this check, it would fail after training.
    private void CheckInput(SchemaShape inputSchema)
    {
        if (inputSchema.All(column => column.Name != _columns.Input))
        {
            throw new ArgumentException(
                $"Column '{_columns.Input}' does not exist, but a pipeline also translates its training rows. Append " +
                $"CopyColumns(\"{_columns.Input}\", \"{_columns.Training[0]}\") before Pix2Pix, or fit Pix2Pix outside a pipeline.");
        }

        ColumnCheck.Images(inputSchema, [_columns.Input], "translates");
    }

    private string CropWarning()
    {
        var size = $"{Options.Generator.Width}x{Options.Generator.Height}";
        return $"Preprocessing.Mode is Crop, but validation resizes whole images to {size}, as the model does in inference. To validate " +
            $"at the scale of training, use a ValidationSet of {size} crops instead of ValidationFraction.";
    }

    // The statistics used for translation. To determine which statistics are better, the running statistics must be updated.
    private NormStatistics TrainedStatistics
        => Options.Inference.Statistics == NormStatistics.Auto ? NormStatistics.Running : Options.Inference.Statistics;

    // Checks everything before anything is built or read, and reports all problems at once: the trainer's and the estimator's.
    // TrainedModel.CheckExport finds those of the translation.
    private void CheckOptions(TrainingOptions training, TrainingRun run)
    {
        var problems = OptionsCheck.Problems(Options.Generator, Options.Discriminator, training, run).ToList();
        if (Options is { ValidationSet: not null, ValidationFraction: > 0 })
            problems.Add($"ValidationSet is set and ValidationFraction is {Options.ValidationFraction}; set only one of them.");
        OptionsCheck.Throw(problems);
    }

    private static int? TrainingDevice(GpuChoice gpu, Pix2PixLog log)
    {
        if (gpu is { DeviceId: { } device, FallbackToCpu: true } && !TorchRuntime.IsGpuAvailable(device))
        {
            log.Warning($"libtorch found no CUDA device {device}. Training on the CPU.");
            return null;
        }

        log.Info($"Training with libtorch on {(gpu.DeviceId is { } id ? $"CUDA device {id}" : "the CPU")}.");
        return gpu.DeviceId;
    }
}
