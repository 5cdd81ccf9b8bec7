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
            (x + x).Dispose();            // SIGSEGV or an exception: add() creates a Scalar 1 for alpha, which is finalized
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
        using var scope = NewDisposeScope(); // keeps every tensor that is created within it alive
        using Scalar one = 1;
        var sum = x.detach().clone().add(x, alpha: one);
        // </snippet>
        sum.print();
    }
}
