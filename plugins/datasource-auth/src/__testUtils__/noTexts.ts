/** Texts of a diagnosis that has only English, as from a newer backend. */
export const NO_TEXTS = { title: [], cause: [], remedy: [] };
