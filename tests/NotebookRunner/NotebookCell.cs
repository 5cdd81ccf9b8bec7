namespace Pix2Pix.Notebooks;

/// <summary>A cell of code.</summary>
/// <param name="Number">Pluralize from 1, among cells of code.</param>
/// <param name="Code">Its lines.</param>
/// <param name="Stored">The outputs that the file holds.</param>
internal sealed record NotebookCell(int Number, string Code, IReadOnlyList<CellOutput> Stored);
