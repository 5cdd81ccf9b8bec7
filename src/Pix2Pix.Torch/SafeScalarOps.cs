using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// Operations on tensors and numbers. TorchSharp 0.107 creates a native object for each number and does not keep it alive during the
/// native call: the garbage collector may free it in between, and libtorch then reads freed memory or fails. These methods keep it alive
/// until the call returns. Use them instead of operators and functions that take a number as a <see cref="Scalar"/>, or that create one
/// themselves: a sum of two tensors scales the second by 1, and a square is a power of 2.
/// </summary>
internal static class SafeScalarOps
{
#pragma warning disable RS0030 // Each Scalar is disposed after the call here.
    /// <summary>Returns the value of a scalar tensor.</summary>
    public static double Value(this Tensor x)
    {
        using var scalar = x.ToScalar();
        return scalar.ToDouble();
    }

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y)
    {
        using var one = 1.ToScalar();
        return x.add(y, alpha: one);
    }

    public static Tensor Plus(this Tensor x, double number)
    {
        using var one = 1.ToScalar();
        return With(number, scalar => x.add(scalar, alpha: one));
    }

    /// <summary>x * x.</summary>
    public static Tensor Squared(this Tensor x)
    {
        using var two = 2.ToScalar();
        return x.pow(two);
    }

    public static Tensor Times(this Tensor x, double number) => With(number, scalar => x.mul(scalar));

    public static Tensor LeakyRelu(this Tensor x, double slope) => With(slope, scalar => x.leaky_relu(scalar));

    /// <summary>x += number.</summary>
    public static Tensor PlusInPlace(this Tensor x, double number)
    {
        using var one = 1.ToScalar();
        return With(number, scalar => x.add_(scalar, alpha: one));
    }

    /// <summary>x *= number.</summary>
    public static Tensor TimesInPlace(this Tensor x, double number) => With(number, scalar => x.mul_(scalar));

    /// <summary>x /= number.</summary>
    public static Tensor DividedInPlace(this Tensor x, double number) => With(number, scalar => x.div_(scalar));

    /// <summary>x += number * y.</summary>
    public static Tensor PlusInPlace(this Tensor x, double number, Tensor y) => With(number, scalar => x.add_(y, alpha: scalar));

    /// <summary>x += number * (y - x).</summary>
    public static Tensor LerpInPlace(this Tensor x, Tensor y, double number)
    {
        // TorchSharp offers lerp_ only with a tensor as the weight.
        using var weight = tensor(number, x.dtype).MovedTo(x.device);
        return x.lerp_(y, weight);
    }

    /// <summary>x += number * y * z.</summary>
    public static Tensor PlusProductInPlace(this Tensor x, double number, Tensor y, Tensor z)
        => With(number, scalar => x.addcmul_(y, z, value: scalar));

    /// <summary>x += number * y / z.</summary>
    public static Tensor PlusQuotientInPlace(this Tensor x, double number, Tensor y, Tensor z)
        => With(number, scalar => x.addcdiv_(y, z, value: scalar));

    // Disposing the scalar after the operation keeps it alive during the operation.
    private static Tensor With(double number, Func<Scalar, Tensor> operation)
    {
        using var scalar = number.ToScalar();
        return operation(scalar);
    }
#pragma warning restore RS0030
}
