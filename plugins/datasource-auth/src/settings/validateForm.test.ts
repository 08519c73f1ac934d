import { set } from 'react-hook-form';
import {
  DatasourceAuthError,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { settingsOf } from '../__testUtils__/datasources';
import { formOfSettings } from './settingsForm';
import { faultsOfPaths, validateForm } from './validateForm';

/** As for a user who reads English. */
const english = (_: unknown, text: string) => text;

function faultsWith(path: string, value: unknown) {
  const form = formOfSettings(settingsOf());
  set(form, path, value);
  return validateForm(form, english);
}

describe('validateForm', () => {
  it('accepts complete settings', () => {
    expect(validateForm(formOfSettings(settingsOf()), english)).toEqual({});
  });

  it("requires a name that isn't reserved", () => {
    expect(faultsWith('name', '')).toEqual({ name: 'Enter a name.' });
    expect(faultsWith('name', 'new')).toEqual({
      name: 'This name is reserved. Choose another one.',
    });
  });

  it('S4.9 reports a comma between scopes', () => {
    expect(faultsWith('auth.scopes', 'read,write')).toEqual({
      'auth.scopes': 'Separate scopes with spaces and remove the comma.',
    });
  });

  it('S4.12 rejects a parameter that Backstage sets itself, by name', () => {
    const rows = [{ key: 'state', value: 'x', secret: false }];
    expect(faultsWith('auth.authorize.params', rows)).toEqual({
      'auth.authorize.params':
        "Backstage sets 'state' itself. Remove it from the extra parameters.",
    });
  });

  it('reports a duplicate parameter, because one of the two would be lost', () => {
    const row = { key: 'a', value: '1', secret: false };
    expect(
      faultsWith('auth.token.params', [row, { ...row, value: '2' }]),
    ).toEqual({
      'auth.token.params': "'a' is there twice.",
    });
  });

  it('rejects an invalid number', () => {
    expect(faultsWith('auth.timeouts.connectMs', 'soon')).toEqual({
      'auth.timeouts.connectMs': 'Enter a number.',
    });
  });

  it('passes on the texts, and names the row unless its fault does', () => {
    const coded = (texts?: readonly Message[]) => texts?.[0].code ?? '';
    const name = 'state';
    const fieldTexts = {
      'auth.authorize.params.state': [
        message('fault.parameterReserved', { name }),
      ],
      'auth.token.params.a': [message('fault.missing')],
      name: [message('fault.nameTaken')],
    };
    const { fields = {} } = new DatasourceAuthError('', {
      ...{ code: 'invalid_request', statusCode: 400, fieldTexts },
    });
    expect(faultsOfPaths({ fields, fieldTexts }, coded)).toEqual({
      'auth.authorize.params': 'fault.parameterReserved',
      'auth.token.params': 'a: fault.missing',
      name: 'fault.nameTaken',
    });
  });

  it("maps the backend's errors to their fields", () => {
    const fields = {
      'settings.auth.token.url': 'Not allowed',
      'auth.token.headers.X-Key': 'Too long',
      credential: 'Unknown',
    };
    expect(faultsOfPaths({ fields }, english)).toEqual({
      'auth.token.url': 'Not allowed',
      'auth.token.headers': 'X-Key: Too long',
      credential: 'Unknown',
    });
  });
});
