/** Props of {@link Suggestions}. */
export interface SuggestionsProps {
  /** The ID for the `list` attribute of the field. */
  id: string;
  values: string[];
}

/** Values suggested while typing. Other values are allowed. */
export const Suggestions = ({ id, values }: SuggestionsProps) => (
  <datalist id={id}>
    {values.map(value => (
      <option key={value} value={value} />
    ))}
  </datalist>
);
