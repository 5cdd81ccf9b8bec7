using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Quickstart;

/// <summary>A test pair and what the model made of its input, all in the model's size.</summary>
internal sealed record Translation(string Name, PixelImage Input, PixelImage Output, PixelImage Target, ImageScores Scores);
