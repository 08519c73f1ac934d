/**
 * The same texts in another language, with one for each key.
 *
 * @public
 */
export type Translated<Texts> = {
  [Key in keyof Texts]: Texts[Key] extends string
    ? string
    : Translated<Texts[Key]>;
};
