/** Texts of a diagnosis without codes, as a newer backend may send. */
export const NO_TEXTS = { title: [], cause: [], remedy: [] };
