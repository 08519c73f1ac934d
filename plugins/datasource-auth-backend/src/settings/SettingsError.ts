/**
 * The settings cannot be turned into a request. The message is shown to people and contains no value.
 */
export class SettingsError extends Error {
  readonly name = 'SettingsError';
}
