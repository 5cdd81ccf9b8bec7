using TorchSharp;
using static TorchSharp.torch;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/known-issues.md.</summary>
internal static class KnownIssueSnippets
{
    public static void Crash()
    {
        // <snippet>
        for (var i = 0; i < 4; i++)
            new Thread(AllocateForever) { IsBackground = true }.Start();

        using var x = ones(1000);
        while (true)
        {
            x.detach().clone().Dispose(); // SIGSEGV: the result of detach() is finalized while clone() reads it
            (x + x).Dispose();            // SIGSEGV or an exception: so is the Scalar 1 that add() creates for alpha
        }

        static void AllocateForever()
        {
            while (true)
            {
                var bytes = new byte[80_000];
                if (bytes[5] == 1)
                    Console.WriteLine("never");
            }
        }
        // </snippet>
    }

    public static void Safe(Tensor x)
    {
        // <snippet>
        using var scope = NewDisposeScope(); // holds every tensor that is created within it
        using Scalar one = 1;
        var sum = x.detach().clone().add(x, alpha: one);
        // </snippet>
        sum.print();
    }
}
