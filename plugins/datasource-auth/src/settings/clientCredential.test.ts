import { set } from 'react-hook-form';
import {
  CLIENT_AUTHENTICATION_METHODS,
  clientCredentialOf,
  Datasource,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceOf } from '../__testUtils__/datasources';
import { configurationRows } from '../configuration/configurationRows';
import { needsPerson } from '../authorization/needsPerson';
import { datasourceAuthTranslationRef } from '../translation';
import { FieldId, FIELD_LIST, FIELDS } from '../kinds';
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

  describe('ask when it expires', () => {
    const asks = (
      auth: Record<string, unknown>,
      id: FieldId = 'clientSecretExpiresAt',
    ) => {
      const datasource = datasourceOf({}, 'client_credentials');
      const form = formOfSettings({
        ...datasource,
        auth: { ...datasource.auth, clientSecretExpiresAt: undefined, ...auth },
      } as typeof datasource);
      return isShown(FIELDS[id], form, datasource);
    };
    const held = (auth: object) =>
      isShown(
        FIELDS.staticExpiresAt,
        formOfSettings({
          auth: { type: 'static', ...auth },
        } as unknown as Datasource),
      );

    it.each(CLIENT_AUTHENTICATION_METHODS)(
      'only for a secret, key or certificate: %s',
      clientAuthentication => {
        const credential = clientCredentialOf({ clientAuthentication });
        expect(asks({ clientAuthentication })).toBe(
          !['none', 'file'].includes(credential),
        );
      },
    );

    it('for the key of a service account, but not for a signer', () => {
      const auth = { grantType: 'jwt_bearer', clientAuthentication: 'none' };
      expect(asks({ ...auth, assertion: {} })).toBe(true);
      expect(asks({ ...auth, assertion: { signer: 'vault' } })).toBe(false);
    });

    it('as long as there is a date to remove', () => {
      const clientAuthentication = 'federated_assertion';
      const clientSecretExpiresAt = '2027-01-01';
      expect(asks({ clientAuthentication, clientSecretExpiresAt })).toBe(true);
    });

    it('not for a token that someone else replaces in a file', () => {
      expect(held({ bearer: { set: true } })).toBe(true);
      expect(held({ headers: { 'X-Key': { secret: true } } })).toBe(true);
      expect(held({ bearer: { file: 'token' } })).toBe(false);
    });
  });

  it.each([
    ['privateKey', ['keyPassphrase', 'keySigner']],
    ['assertionKey', ['assertionPassphrase', 'assertionSigner']],
  ] as Array<[FieldId, FieldId[]]>)(
    'have what belongs to the key or replaces it next to it: %s',
    (key, others) => {
      const at = FIELD_LIST.findIndex(({ id }) => id === key);
      const next = FIELD_LIST.slice(at + 1, at + 1 + others.length);
      expect(next.map(({ id }) => id)).toEqual(others);
      for (const { area } of next) expect(area).toBe(FIELDS[key].area);
    },
  );

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
