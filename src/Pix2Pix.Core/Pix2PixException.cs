namespace Pix2Pix;

/// <summary>
/// The base of this library's own exceptions: unusable pairs, checkpoints, weights or native libraries, and diverged training. The
/// message says what is wrong, which file or row, what was expected and what to do.
/// </summary>
/// <remarks>
/// Invalid arguments and options are an <see cref="ArgumentException"/>, missing files an <see cref="IOException"/>, unusable model files
/// an <see cref="InvalidDataException"/>, and canceled work an <see cref="OperationCanceledException"/>, as in .NET.
/// </remarks>
public abstract class Pix2PixException : Exception
{
    private protected Pix2PixException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
