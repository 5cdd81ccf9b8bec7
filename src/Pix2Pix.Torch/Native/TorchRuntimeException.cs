namespace Pix2Pix.Torch;

/// <summary>
/// The native libraries (libtorch and TorchSharp's own) cannot be used on this machine. The message names the file or folder at fault, the
/// reason and the fix.
/// </summary>
public sealed class TorchRuntimeException : Exception
{
    internal TorchRuntimeException(string message)
        : base(message)
    {
    }

    internal TorchRuntimeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
