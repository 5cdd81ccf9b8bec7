using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/deployment.md that opens a saved model without Pix2Pix. It has no usings of ours.</summary>
internal static class StockSnippets
{
    public static void Open()
    {
        // <snippet>
        var mlContext = new MLContext();
        var model = mlContext.Model.Load("model.zip", out _);
        using var engine = mlContext.Model.CreatePredictionEngine<Drawing, Photo>(model);
        using var drawing = MLImage.CreateFromFile("drawing.png");
        using var photo = engine.Predict(new Drawing { Input = drawing }).Output;
        photo.Save("photo.png");
        // </snippet>
    }

    public static void Pool(WebApplicationBuilder builder)
    {
        // <snippet>
        var mlContext = new MLContext();
        builder.Services.AddSingleton(_ => mlContext.Model.Load("model.zip", out var _)); // disposed at shutdown
        builder.Services.AddSingleton(services => new DefaultObjectPoolProvider().Create(
            new EnginePolicy(mlContext, services.GetRequiredService<ITransformer>())));
        // </snippet>
    }

    public static void Use(ObjectPool<PredictionEngine<Drawing, Photo>> pool, MLImage upload)
    {
        // <snippet>
        var engine = pool.Get();
        try
        {
            using var photo = engine.Predict(new Drawing { Input = upload }).Output;
            photo.Save("photo.png");
        }
        finally
        {
            pool.Return(engine);
        }
        // </snippet>
    }

    // <snippet>
    public sealed class Drawing
    {
        [ImageType(1, 1)] // any size is accepted
        public MLImage? Input { get; set; }
    }

    public sealed class Photo
    {
        [ImageType(128, 128)] // must be the height and width of the model
        public MLImage Output { get; set; } = null!;
    }
    // </snippet>

    // <snippet>
    internal sealed class EnginePolicy(MLContext mlContext, ITransformer model) : PooledObjectPolicy<PredictionEngine<Drawing, Photo>>
    {
        public override PredictionEngine<Drawing, Photo> Create()
            => mlContext.Model.CreatePredictionEngine<Drawing, Photo>(model, new PredictionEngineOptions { OwnsTransformer = false });

        public override bool Return(PredictionEngine<Drawing, Photo> obj) => true;
    }
    // </snippet>
}
