import {
  Message,
  MessageCode,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';

type FaultCode = MessageCode extends infer Code
  ? Code extends `settings.${infer Fault}`
    ? Fault
    : never
  : never;

/**
 * The settings can't be turned into a request. The message is shown to users and contains no setting's value.
 */
export class SettingsError extends Error {
  readonly name = 'SettingsError';
  /** The message as a code and values. */
  readonly text: Message;

  constructor(code: FaultCode, values?: Record<string, string>) {
    const text: Message = {
      code: `settings.${code}`,
      ...(values && { values }),
    };
    super(renderMessages([text]));
    this.text = text;
  }
}
