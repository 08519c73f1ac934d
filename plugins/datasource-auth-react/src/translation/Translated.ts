/**
 * The same texts in another language: each key has one.
 *
 * @public
 */
export type Translated<Texts> = {
  [Key in keyof Texts]: Texts[Key] extends string
    ? string
    : Translated<Texts[Key]>;
};
