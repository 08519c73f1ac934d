import { set } from 'react-hook-form';
import { settingsOf } from '../__testUtils__/datasources';
import { formOfSettings } from './settingsForm';
import { faultsOfPaths, validateForm } from './validateForm';

function faultsWith(path: string, value: unknown) {
  const form = formOfSettings(settingsOf());
  set(form, path, value);
  return validateForm(form);
}

describe('validateForm', () => {
  it('accepts complete settings', () => {
    expect(validateForm(formOfSettings(settingsOf()))).toEqual({});
  });

  it("requires a name that isn't reserved", () => {
    expect(faultsWith('name', '')).toEqual({ name: 'Enter a name' });
    expect(faultsWith('name', 'new')).toEqual({
      name: 'This name is reserved. Choose another one.',
    });
  });

  it('S4.9 reports a comma between scopes', () => {
    expect(faultsWith('auth.scopes', 'read,write')).toEqual({
      'auth.scopes': 'Separate scopes with spaces and remove the comma',
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
      'auth.token.params': "'a' is there twice",
    });
  });

  it('rejects an invalid number', () => {
    expect(faultsWith('auth.timeouts.connectMs', 'soon')).toHaveProperty([
      'auth.timeouts.connectMs',
    ]);
  });

  it("maps the backend's errors to their fields", () => {
    expect(
      faultsOfPaths({
        'settings.auth.token.url': 'Not allowed',
        'auth.token.headers.X-Key': 'Too long',
        credential: 'Unknown',
      }),
    ).toEqual({
      'auth.token.url': 'Not allowed',
      'auth.token.headers': 'X-Key: Too long',
      credential: 'Unknown',
    });
  });
});
