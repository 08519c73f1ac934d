/**
 * Paths and texts of a tree of texts.
 *
 * @public
 */
export type FlatTexts<Texts, Path extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? { path: `${Path}${Key}`; text: Texts[Key] }
    : FlatTexts<Texts[Key], `${Path}${Key}.`>;
}[keyof Texts & string];

/**
 * A path without its plural suffix.
 *
 * @public
 */
export type WithoutPluralSuffix<Path> = Path extends `${infer Code}_${
  | 'one'
  | 'other'}`
  ? Code
  : Path;

/**
 * Names of the placeholders in a text.
 *
 * @public
 */
export type PlaceholdersOf<Text> =
  Text extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | PlaceholdersOf<Rest>
    : never;
