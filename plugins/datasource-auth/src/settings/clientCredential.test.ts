import { set } from 'react-hook-form';
import {
  CLIENT_AUTHENTICATION_METHODS,
  clientCredentialOf,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceOf } from '../__testUtils__/datasources';
import { configurationRows } from '../configuration/configurationRows';
import { needsPerson } from '../authorization/needsPerson';
import { datasourceAuthTranslationRef } from '../translation';
import { FIELD_LIST } from '../kinds';
import { isShown, missingFields } from './requiredFields';
import { formOfSettings } from './settingsForm';

const messages: Record<string, string> = (
  datasourceAuthTranslationRef as unknown as {
    getDefaultMessages(): Record<string, string>;
  }
).getDefaultMessages();

const CLIENT_SECRET = /client secret/i;

/** Returns every text that depends on the client's kind of credential. */
function textsFor(method: string, certificate?: string): string[] {
  const datasource = datasourceOf({}, 'client_credentials');
  Object.assign(datasource.auth, {
    clientAuthentication: method,
    clientSecret: undefined,
    clientSecretExpiresAt: '2027-01-01',
    clientAssertion: { alg: 'ES256', certificate },
  });
  const form = formOfSettings(datasource);
  const fields = [
    ...FIELD_LIST.filter(field => isShown(field, form, datasource)),
    ...configurationRows(datasource).map(row => row.field),
    ...missingFields(form),
  ];
  return [
    ...fields.map(({ id }) => messages[`field.${id}`]),
    messages[`panel.needsPerson.${needsPerson(datasource)?.why}`],
  ];
}

describe("texts about the client's credential", () => {
  it('mention a client secret only if the client has one', () => {
    expect(Object.keys(messages).length).toBeGreaterThan(500);
    expect(
      Object.keys(messages)
        .filter(key => CLIENT_SECRET.test(messages[key]))
        .sort(),
    ).toEqual([
      'editor.option.client_secret_jwt',
      'field.clientSecret',
      'panel.needsPerson.clientSecret',
    ]);
  });

  it.each(CLIENT_AUTHENTICATION_METHODS)(
    'mention a client secret if and only if the client has one: %s',
    method => {
      const credential = clientCredentialOf({ clientAuthentication: method });
      const texts = textsFor(method);
      expect(texts.length).toBeGreaterThan(50);
      expect(texts).not.toContain(undefined);
      expect(texts.some(text => CLIENT_SECRET.test(text))).toBe(
        credential === 'clientSecret',
      );
    },
  );

  it('name the key or certificate that expires', () => {
    expect(textsFor('private_key_jwt')).toContain('the private key expires');
    expect(textsFor('private_key_jwt', 'a certificate')).toContain(
      'the client certificate expires',
    );
  });

  it('keep a stored or entered secret editable', () => {
    const datasource = datasourceOf({}, 'client_credentials');
    datasource.auth.clientAuthentication = 'private_key_jwt';
    const field = FIELD_LIST.find(({ id }) => id === 'clientSecret')!;
    const form = formOfSettings(datasource);
    datasource.auth.clientSecret = undefined;
    expect(isShown(field, form, datasource)).toBe(false);
    datasource.auth.clientSecret = { set: true };
    expect(isShown(field, form, datasource)).toBe(true);
    set(form, field.path, { action: 'replace', value: 'x' });
    expect(isShown(field, form)).toBe(true);
  });
});
