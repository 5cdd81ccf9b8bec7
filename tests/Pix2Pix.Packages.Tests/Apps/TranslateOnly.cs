// MODEL.zip DRAWING.png PHOTO.png PAIRS: translates with an existing model, then tries to train, and prints the error.
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.Torch;

var mlContext = new MLContext(seed: 1);
try
{
    using var loaded = mlContext.ImageTranslation.LoadTransformer(args[0]);
    using var drawing = MLImage.CreateFromFile(args[1]);
    using var photo = loaded.Translate(drawing);
    photo.Save(args[2]);
    Console.WriteLine($"Translated to {photo.Width}x{photo.Height} pixels.");
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings(" "));
}

try
{
    var pairs = mlContext.ImageTranslation.LoadPairs(args[3], PairSide.Left);
    using var trained = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", new Pix2PixOptions()).Fit(pairs);
    Console.WriteLine("Trained.");
}
catch (TorchRuntimeException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings(" "));
}
