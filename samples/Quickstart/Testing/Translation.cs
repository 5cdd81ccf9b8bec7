using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Evaluation;

namespace Quickstart;

/// <summary>A test pair and what the model made of its input, all in the model's size.</summary>
internal sealed record Translation(string Name, RgbImage Input, RgbImage Output, RgbImage Target, ImageScores Scores);
