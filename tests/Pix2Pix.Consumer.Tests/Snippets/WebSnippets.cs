using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Pix2Pix;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/deployment.md that serves requests and takes work from a queue.</summary>
internal static class WebSnippets
{
    public static void Serve(string[] args)
    {
        // <snippet>
        const int MaxBytes = 8 << 20;
        const long MaxPixels = 4096 * 4096;

        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = MaxBytes);
        builder.Services.AddRateLimiter(limiter => limiter.AddConcurrencyLimiter("translate", limit =>
        {
            limit.PermitLimit = Environment.ProcessorCount;
            limit.QueueLimit = 64;
        }));
        builder.Services.AddSingleton(services =>
        {
            var mlContext = new MLContext();
            var logger = services.GetRequiredService<ILogger<Pix2PixTransformer>>();
            mlContext.Log += (_, line) => logger.LogDebug("{Line}", line.Message);
            var execution = new ExecutionOptions { Spinning = false, MaxPixels = MaxPixels };
            return mlContext.ImageTranslation.LoadTransformer("model.zip", execution);
        });

        var app = builder.Build();
        app.UseRateLimiter();
        app.Services.GetRequiredService<Pix2PixTransformer>(); // fail at startup if the model is missing
        app.MapPost("/translate", async (HttpRequest request, Pix2PixTransformer model, CancellationToken cancel) =>
        {
            var folder = Directory.CreateTempSubdirectory("translate-");
            try
            {
                var (upload, png) = (Path.Combine(folder.FullName, "upload"), Path.Combine(folder.FullName, "translation.png"));
                await using (var file = File.Create(upload))
                    await request.Body.CopyToAsync(file, cancel);
                model.TranslateFile(upload, png);
                return Results.Bytes(await File.ReadAllBytesAsync(png, cancel), "image/png");
            }
            catch (InvalidDataException)
            {
                return Results.BadRequest("Expected an intact JPEG, PNG, BMP, WebP or GIF image of at most 16 million pixels.");
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }).RequireRateLimiting("translate");
        app.Run();
        // </snippet>
    }

    // <snippet>
    internal sealed class TranslationWorker(Channel<string> inbox, Pix2PixTransformer model, ILogger<TranslationWorker> logger)
        : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await foreach (var file in inbox.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await Task.Run(() => model.TranslateFile(file, Path.ChangeExtension(file, ".translated.png")), stoppingToken);
                }
                catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    logger.LogWarning("{Problem}", e.Message); // the message names the file
                }
            }
        }
    }
    // </snippet>
}
