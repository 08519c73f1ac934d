/**
 * The settings can't be turned into a request. The message is shown to users and contains no setting's value.
 */
export class SettingsError extends Error {
  readonly name = 'SettingsError';
}
