namespace Pix2Pix.Notebooks;

/// <summary>A cell failed, or gave other outputs than those that are stored. The message names notebook and cell.</summary>
internal sealed class NotebookException(string notebook, int cell, string fault, Exception? inner = null)
    : Exception($"{notebook}, code cell {cell}: {fault}", inner);
