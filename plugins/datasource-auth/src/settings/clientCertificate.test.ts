import { set } from 'react-hook-form';
import { CLIENT_AUTHENTICATION_METHODS } from 'backstage-plugin-datasource-auth-common';
import { datasourceOf } from '../__testUtils__/datasources';
import { FIELD_LIST } from '../kinds';
import { bindingOf } from './formBinding';
import { isShown, missingFields } from './requiredFields';
import { formOfSettings, settingsOfForm } from './settingsForm';

const formWith = (values: Record<string, unknown>) => {
  const form = formOfSettings(datasourceOf({}, 'client_credentials'));
  for (const [path, value] of Object.entries(values)) set(form, path, value);
  return form;
};
const shown = (method: string) => {
  const form = formWith({ 'auth.clientAuthentication': method });
  return FIELD_LIST.filter(field => isShown(field, form)).map(({ id }) => id);
};
const missing = (values: Record<string, unknown>) =>
  missingFields(formWith(values)).map(({ id }) => id);
const typed = (value: string) => ({ action: 'replace', value });

describe('N4 the fields of client authentication', () => {
  it.each(CLIENT_AUTHENTICATION_METHODS)(
    'show a client assertion only if one is signed: %s',
    method => {
      const ids = shown(method);
      const signs = ['private_key_jwt', 'client_secret_jwt'].includes(method);
      expect(ids.includes('keyAlgorithm')).toBe(signs);
      expect(ids.includes('keyClaims')).toBe(signs);
      expect(ids.includes('privateKey')).toBe(method === 'private_key_jwt');
      expect(ids).toContain('clientCertificate');
    },
  );

  it('show a client assertion if only a refresh is signed', () => {
    const form = formWith({
      'auth.refresh.clientAuthentication': 'private_key_jwt',
    });
    expect(
      FIELD_LIST.filter(field => isShown(field, form)).map(({ id }) => id),
    ).toContain('keyAlgorithm');
  });

  it('require certificate and key for a client that authenticates with them', () => {
    expect(missing({ 'auth.clientAuthentication': 'tls_client_auth' })).toEqual(
      ['clientCertificate', 'clientCertificateKey'],
    );
  });

  it('require certificate and key together, for APIs that require a certificate', () => {
    const path = 'clientCertificate';
    expect(missing({ [`${path}.certificate`]: 'PEM' })).toContain(
      'clientCertificateKey',
    );
    expect(missing({ [`${path}.key`]: typed('PEM') })).toContain(
      'clientCertificate',
    );
    expect(missing({})).not.toContain('clientCertificateKey');
  });

  it('N7 require both if the API description demands them, until they are there', () => {
    const imported = { importedFrom: { clientCertificate: true } };
    for (const type of ['oauth2', 'none']) {
      expect(
        missing({ ...imported, 'auth.way': type, 'auth.type': type }),
      ).toEqual(
        expect.arrayContaining(['clientCertificate', 'clientCertificateKey']),
      );
    }
    const entered = missing({
      ...imported,
      'clientCertificate.certificate': 'PEM',
      'clientCertificate.key': typed('PEM'),
    });
    expect(entered).not.toContain('clientCertificate');
    expect(entered).not.toContain('clientCertificateKey');
  });
});

describe('N6 what tokens are bound to', () => {
  it('requires a certificate for mutual TLS only', () => {
    expect(missing({ senderConstraint: 'mtls' })).toEqual([
      'clientSecret',
      'clientCertificate',
      'clientCertificateKey',
    ]);
    expect(missing({ senderConstraint: 'dpop' })).toEqual(['clientSecret']);
  });

  it('binds, and is only for tokens that a provider issues', () => {
    const dpop = formWith({ senderConstraint: 'dpop' });
    expect(bindingOf(dpop)).not.toEqual(bindingOf(formWith({})));
    expect(settingsOfForm(dpop).senderConstraint).toBe('dpop');
    expect(settingsOfForm(formWith({}))).not.toHaveProperty('senderConstraint');
    const held = formWith({
      ...{ 'auth.type': 'none', 'auth.way': 'none' },
      senderConstraint: 'mtls',
    });
    expect(settingsOfForm(held)).not.toHaveProperty('senderConstraint');
    expect(missingFields(held)).toEqual([]);
  });
});

describe('N4, threats 1: a client certificate in the form', () => {
  it('binds the credential to the API, and can be renewed', () => {
    const first = formWith({ 'clientCertificate.certificate': 'one' });
    const renewed = formWith({ 'clientCertificate.certificate': 'two' });
    expect(bindingOf(renewed)).toEqual(bindingOf(first));
    expect(bindingOf(first)).not.toEqual(bindingOf(formWith({})));
    const moved = formWith({
      'clientCertificate.certificate': 'one',
      baseUrl: 'https://elsewhere.example.com',
    });
    expect(bindingOf(moved)).not.toEqual(bindingOf(first));
  });

  it('belongs to every kind of credential', () => {
    const form = formWith({
      'auth.type': 'none',
      'auth.way': 'none',
      'clientCertificate.certificate': 'one',
      'clientCertificate.key': typed('key'),
    });
    expect(settingsOfForm(form).clientCertificate).toEqual({
      certificate: 'one',
      key: 'key',
    });
  });
});
