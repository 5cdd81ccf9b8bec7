// A running notebook has the process's console and current folder to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
