/** Props of {@link Suggestions}. */
export interface SuggestionsProps {
  /** What the field names in its attribute `list`. */
  id: string;
  values: string[];
}

/** Values that a field offers while it is typed into; any other can be typed. */
export const Suggestions = ({ id, values }: SuggestionsProps) => (
  <datalist id={id}>
    {values.map(value => (
      <option key={value} value={value} />
    ))}
  </datalist>
);
