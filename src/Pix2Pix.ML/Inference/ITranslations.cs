using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>The translation of the row at hand. For one thread.</summary>
internal interface ITranslations : IDisposable
{
    /// <summary>A new image, which belongs to the caller; null where the row has none.</summary>
    MLImage? Current();
}
