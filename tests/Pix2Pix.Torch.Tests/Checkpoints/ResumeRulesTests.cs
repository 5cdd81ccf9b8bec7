using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Each option of a training has a decision, and training follows it.</summary>
[Collection(TorchCollection.Name)]
public sealed class ResumeRulesTests : IDisposable
{
    /// <summary>Another valid value of each option of <see cref="TrainingOptions"/> that may change.</summary>
    private static readonly Dictionary<string, Func<TrainingOptions, TrainingOptions>> Changes = new()
    {
        ["Training.Epochs"] = o => o with { Epochs = 4 },
        ["Training.BatchSize"] = o => o with { BatchSize = 3 },
        ["Training.LearningRate"] = o => o with { LearningRate = 0.001 },
        ["Training.Schedule.Kind"] = o => o with { Schedule = new() { Kind = ScheduleKind.Plateau } },
        ["Training.Schedule.DecayShare"] = o => o with { Schedule = new() { DecayShare = 0 } },
        ["Training.Schedule.StepEpochs"] = o => o with { Schedule = new() { StepEpochs = 3 } },
        ["Training.Schedule.Patience"] = o => o with { Schedule = new() { Patience = 3 } },
        ["Training.Schedule.Factor"] = o => o with { Schedule = new() { Factor = 0.5 } },
        ["Training.Beta1"] = o => o with { Beta1 = 0.9 },
        ["Training.Beta2"] = o => o with { Beta2 = 0.99 },
        ["Training.Losses.AdversarialWeight"] = o => o with { Losses = new() { AdversarialWeight = 0 } },
        ["Training.Losses.L1Weight"] = o => o with { Losses = new() { L1Weight = 10 } },
        ["Training.Losses.L2Weight"] = o => o with { Losses = new() { L2Weight = 10 } },
        ["Training.Losses.FeatureMatchingWeight"] = o => o with { Losses = new() { FeatureMatchingWeight = 10 } },
        ["Training.Losses.GradientPenaltyWeight"] = o => o with { Losses = new() { GradientPenaltyWeight = 1 } },
        ["Training.WeightInit.Kind"] = o => o with { WeightInit = new() { Kind = WeightInitKind.Xavier } },
        ["Training.WeightInit.Gain"] = o => o with { WeightInit = new() { Gain = 1 } },
        ["Training.Augmentation.Mirror"] = o => o with { Augmentation = new() { Mirror = false } },
        ["Training.Augmentation.RightAngles"] = o => o with { Augmentation = new() { RightAngles = true } },
        ["Training.Augmentation.MaxScale"] = o => o with { Augmentation = new() { MaxScale = 1.5 } },
        ["Training.Augmentation.InputColorJitter"] = o => o with { Augmentation = new() { InputColorJitter = 0.2 } },
        ["Training.DiscriminatorAugmentation"] = o => o with { DiscriminatorAugmentation = DiscriminatorAugmentation.Cutout },
        ["Training.ImagePool"] = o => o with { ImagePool = 3 },
        ["Training.AverageDecay"] = o => o with { AverageDecay = 0.5 },
        ["Training.Precision"] = o => o with { Precision = TrainingPrecision.BFloat16 },
        ["Training.ChannelsLast"] = o => o with { ChannelsLast = true },
        ["Training.ShuffleWindow"] = o => o with { ShuffleWindow = 2 },
        ["Training.Threads"] = o => o with { Threads = 2 },
    };

    private readonly TemporaryFolder _folder = new();

    private CheckpointOptions Here => new() { Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MayChangeAndMustMatch_Together_AreAllOptionsOfATraining()
    {
        string[] options =
        [
            .. Options("Generator", typeof(GeneratorOptions)),
            .. Options("Discriminator", typeof(DiscriminatorOptions)),
            .. Options("Training", typeof(TrainingOptions)),
            .. Options("Validation.Options", typeof(ValidationOptions)),
            .. Options("Validation.Inference", typeof(InferenceOptions)),
        ];
        string[] others = ["Device", "Pairs", "PairsChecksum", "Validation", "Validation.Pairs", "Validation.PairsChecksum"];

        Assert.Equal(options.Concat(others).Order(), ResumeRules.MayChange.Concat(ResumeRules.MustMatch).Order());
    }

    /// <summary>All other options of a run only observe the training, and are not compared.</summary>
    [Fact]
    public void TrainingRunOptions_OfATraining_AreThoseThatAreComparedOrOnlyObserve()
        => Assert.Equal(
            [
                "BetweenReads", "CancellationToken", "CheckpointProgress", "Checkpoints", "Clock", "FreeBytes", "Inference", "Progress", "Report",
                "StopTraining", "Validation",
            ],
            typeof(TrainingRunOptions).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                .Select(property => property.Name).Except(["EqualityContract"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Train_EachValueOfTheIdentity_FollowsItsRule()
    {
        Train(Here, CheckpointedTraining.Options, stopAfter: 4);
        var path = _folder.File("checkpoint-000000004.safetensors");
        var original = File.ReadAllBytes(path);
        var identity = (JsonObject)JsonNode.Parse(new AlteredCheckpoint(original).Document)!["Identity"]!;
        var leaves = JsonAlterations.Paths(identity)
            .Where(part => part.Aggregate((JsonNode?)identity, (node, name) => node![(string)name]) is not JsonObject).ToList();
        var rules = ResumeRules.MayChange.Concat(ResumeRules.MustMatch).Except(["Validation"]).Order();
        Assert.Equal(rules, leaves.Select(leaf => string.Join('.', leaf)).Order());

        foreach (var leaf in leaves)
        {
            var altered = new AlteredCheckpoint(original);
            altered.Document = JsonAlterations.With(altered.Document, ["Identity", .. leaf], "\"other\"");
            altered.Write(path);
            var name = string.Join('.', leaf);
            if (ResumeRules.MayChange.Contains(name))
            {
                Assert.StartsWith($"{name}: other in the checkpoint, ", Assert.Single(Train(Here, CheckpointedTraining.Options, stopAfter: 0).Differences));
                continue;
            }

            var error = Assert.Throws<InvalidOperationException>(() => Train(Here, CheckpointedTraining.Options, stopAfter: 0));
            Assert.Contains($"' belongs to a different training run:\n  {name}: other in the checkpoint, ", error.Message);
        }
    }

    [Fact]
    public void Train_EachOptionThatMayChange_TrainsOnWithIt()
    {
        Assert.Equal(ResumeRules.MayChange.Where(path => path.StartsWith("Training.", StringComparison.Ordinal)).Order(), Changes.Keys.Order());
        foreach (var (path, change) in Changes)
        {
            using var threads = new ThreadCount(1);
            using var folder = new TemporaryFolder();
            Train(new() { Folder = folder.Path }, CheckpointedTraining.Options, stopAfter: 4);

            var resumed = Train(new() { Folder = folder.Path }, change(CheckpointedTraining.Options));

            Assert.StartsWith($"{path}: ", Assert.Single(resumed.Differences));
            Assert.Equal((EndReason.Finished, 4L), (resumed.Summary.EndReason, resumed.Summary.ResumedSteps));
        }
    }

    /// <summary>And back: what the checkpoint has on top is left out.</summary>
    [Fact]
    public void Train_EachOptionChangedBack_TrainsOnWithoutIt()
    {
        foreach (var (path, change) in Changes)
        {
            using var threads = new ThreadCount(1);
            using var folder = new TemporaryFolder();
            Train(new() { Folder = folder.Path }, change(CheckpointedTraining.Options), stopAfter: path == "Training.BatchSize" ? 3 : 4);
            TorchSharp.torch.set_num_threads(1);

            var resumed = Train(new() { Folder = folder.Path }, CheckpointedTraining.Options);

            Assert.StartsWith($"{path}: ", Assert.Single(resumed.Differences));
            Assert.Equal(EndReason.Finished, resumed.Summary.EndReason);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_ValidationTurnedOnOrOff_TrainsOn(bool on)
    {
        Train(Here, CheckpointedTraining.Options, stopAfter: 4, validated: !on);

        var resumed = Train(Here, CheckpointedTraining.Options, validated: on);

        Assert.Equal([$"Validation: {(on ? "not" : "only")} in the checkpoint"], resumed.Differences);
        Assert.Equal(on ? [2, 3] : [], resumed.Summary.Validations.Select(scores => scores.Epoch));
    }

    [Fact]
    public void Train_AverageTurnedOnWithoutFurtherSteps_KeepsTheTrainedWeights()
    {
        var finished = CheckpointedTraining.Run(Here);
        var averaged = CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { AverageDecay = 0.9 });
        Assert.Equal(finished.Bits, averaged.Bits);
    }

    [Fact]
    public void Train_PoolMadeSmaller_KeepsAsManyAsFit()
    {
        CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { ImagePool = 5 }, stopAfter: 5);
        CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { ImagePool = 2 }, stopAfter: 6);
        var state = (JsonObject)JsonNode.Parse(AlteredCheckpoint.Read(_folder.File("checkpoint-000000006.safetensors")).Document)!["States"]!;
        Assert.Equal(2, (int)state["image_pool"]!["Count"]!);
    }

    private static IEnumerable<string> Options(string path, Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .SelectMany(property => property.PropertyType is { IsClass: true } group && group != typeof(string)
            ? Options($"{path}.{property.Name}", group)
            : [$"{path}.{property.Name}"]);

    private static (TrainingSummary Summary, IReadOnlyList<string> Differences) Train(
        CheckpointOptions checkpoints, TrainingOptions options, long? stopAfter = null, bool validated = true)
    {
        using var stop = new CancellationTokenSource();
        if (stopAfter == 0)
            stop.Cancel();
        var progress = new ProgressList(p =>
        {
            if (p.Step == stopAfter)
                stop.Cancel();
        });
        var validation = ImagePairs.ForValidation(CheckpointedTraining.Generator, options);
        validation.Add(TestImages.Random(64, 64, seed: 50), TestImages.Constant(64, 64, 128));
        var reports = new ReportList();
        using var trainer = TinyTraining.Trainer(options, CheckpointedTraining.Generator);
        var summary = trainer.Train(TinyTraining.Pairs(5, options, CheckpointedTraining.Generator), new()
        {
            ValidationSet = validated ? validation : null,
            Checkpoints = checkpoints,
            CheckpointProgress = reports,
            Progress = progress,
            StopTraining = stop.Token,
        });
        return (summary, reports.Reports[0].Differences);
    }
}
