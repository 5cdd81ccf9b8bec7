using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Tests.Persistence;

public sealed class LoadTransformerTests(TrainedModel trained) : IClassFixture<TrainedModel>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LoadTransformer_StageBetweenOthers_TranslatesAsTheOriginal()
    {
        var rows = TrainedModel.TrainingRows(trained.Context);
        var before = trained.Context.Transforms.CopyColumns("Copy", "Name").Fit(rows);
        var after = trained.Context.Transforms.DropColumns("Copy").Fit(before.Transform(rows));
        Save(new TransformerChain<ITransformer>(before, new TransformerChain<ITransformer>(trained.Transformer), after));

        using var loaded = trained.Context.ImageTranslation.LoadTransformer(Model);

        using var image = TestImages.Input(3);
        using var expected = trained.Transformer.Translate(image);
        using var actual = loaded.Translate(image);
        Assert.Equal(TestImages.Hash(expected), TestImages.Hash(actual));
        Assert.Equal(("Input", "Output"), (loaded.InputColumnName, loaded.OutputColumnName));
    }

    [Fact]
    public void LoadTransformer_SeveralStages_NamesThem()
    {
        using var onnx = new MemoryStream();
        trained.Transformer.SaveAsOnnx(onnx);
        File.WriteAllBytes(Path.Combine(_folder, "second.onnx"), onnx.ToArray());
        using var second = trained.Context.ImageTranslation.ApplyModel("Second", "Output", Path.Combine(_folder, "second.onnx")).Open();
        Save(new TransformerChain<ITransformer>(trained.Transformer, second));

        var error = Assert.Throws<InvalidDataException>(() => trained.Context.ImageTranslation.LoadTransformer(Model));

        Assert.Equal(
            $"'{Model}' contains several pix2pix stages ('Input' to 'Output', 'Output' to 'Second'); expected one. Load it with LoadModel.",
            error.Message);
    }

    [Fact]
    public void LoadTransformer_NoStage_RefersToML()
    {
        var rows = TrainedModel.TrainingRows(trained.Context);
        Save(trained.Context.Transforms.CopyColumns("Copy", "Name").Fit(rows));

        var error = Assert.Throws<InvalidDataException>(() => trained.Context.ImageTranslation.LoadTransformer(Model));

        Assert.EndsWith("It contains no pix2pix stage. Load other models with mlContext.Model.Load.", error.Message);
    }

    private string Model => Path.Combine(_folder, "model.zip");

    private void Save(ITransformer model) => trained.Context.Model.Save(model, TrainedModel.TrainingRows(trained.Context).Schema, Model);
}
