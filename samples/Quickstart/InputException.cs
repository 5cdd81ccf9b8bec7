namespace Quickstart;

/// <summary>What the user gave cannot be used. The message is complete: a headline and every culprit on a line of its own.</summary>
internal sealed class InputException(string headline, params IEnumerable<string> culprits)
    : Exception(string.Join(Environment.NewLine, culprits.Select(culprit => $"  {culprit}").Prepend(headline)));
