namespace Pix2Pix;

/// <summary>Distributions of the initial weights of convolutions.</summary>
public enum WeightInitKind
{
    /// <summary>N(0, gain): the paper's choice, with a gain of 0.02 (Isola et al. 2017, appendix 6.2).</summary>
    Normal,

    /// <summary>N(0, gain * sqrt(2 / (fan in + fan out))) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>N(0, sqrt(2 / fan in)) (He et al. 2015). The gain is not used.</summary>
    Kaiming,

    /// <summary>A random orthogonal matrix times the gain (Saxe, McClelland and Ganguli 2014).</summary>
    Orthogonal,
}
