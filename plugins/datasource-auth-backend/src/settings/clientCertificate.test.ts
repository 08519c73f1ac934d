import { createPrivateKey } from 'node:crypto';
import { MutualTlsServer } from '../egress/__testUtils__/MutualTlsServer';
import { bareSettingsOf } from '../__testUtils__/settings';
import { certificateExpiry, readClientCertificate } from './clientCertificate';

const OURS = MutualTlsServer.client('ours.test', '300101000000Z');
const END = Date.UTC(2030, 0, 1);

const encrypted = (passphrase: string) =>
  createPrivateKey(OURS.key)
    .export({
      ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc' },
      passphrase,
    })
    .toString();

describe('a client certificate', () => {
  it('is accepted until it expires', () => {
    expect(readClientCertificate(OURS, END - 1)).toEqual(OURS);
    expect(() => readClientCertificate(OURS, END)).toThrow(
      'The client certificate expired on 1 January. Enter a new certificate and its private key.',
    );
  });

  it('may be followed by its chain', () => {
    const certificate = OURS.certificate + MutualTlsServer.authority;
    expect(readClientCertificate({ ...OURS, certificate }, 0).certificate).toBe(
      certificate,
    );
  });

  it('may have an encrypted key with its passphrase', () => {
    const key = encrypted('open sesame');
    const given = { ...OURS, key, passphrase: 'open sesame' };
    expect(readClientCertificate(given, 0)).toEqual(given);
  });

  it.each<[string, object, string]>([
    [
      'without its key',
      { key: undefined },
      'Mutual TLS needs a client certificate and its private key.',
    ],
    [
      'without the certificate',
      { certificate: undefined },
      'Mutual TLS needs a client certificate and its private key.',
    ],
    [
      'of another key',
      { key: MutualTlsServer.client('other.test').key },
      'The certificate belongs to another private key.',
    ],
    [
      'with an encrypted key and no passphrase',
      { key: encrypted('hush') },
      'The private key is encrypted. Enter its passphrase',
    ],
    [
      'with a wrong passphrase',
      { key: encrypted('hush'), passphrase: 'hash' },
      "can't be decrypted with this passphrase",
    ],
    [
      'with a damaged key',
      { key: OURS.key.replace(/[A-Z]{2}/, '!!') },
      "The key of the client certificate can't be read.",
    ],
    [
      'that is damaged',
      {
        certificate:
          '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      },
      "The certificate can't be read.",
    ],
  ])('threats 38: is refused %s', (_, change, text) => {
    let message = '';
    try {
      readClientCertificate({ ...OURS, ...change }, 0);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(text);
    expect(message).not.toMatch(/PRIVATE KEY|hush/);
  });

  it('says itself when it expires', () => {
    const expiry = (change: object, auth?: object) =>
      certificateExpiry(bareSettingsOf({ ...change }, { ...auth }));
    const earlier = MutualTlsServer.client('x.test', '280101000000Z');
    expect(expiry({})).toBeUndefined();
    expect(expiry({ clientCertificate: OURS })).toBe(END);
    const signing = { clientAssertion: { certificate: earlier.certificate } };
    expect(expiry({ clientCertificate: OURS }, signing)).toBe(END);
    expect(
      expiry(
        { clientCertificate: OURS },
        { ...signing, clientAuthentication: 'private_key_jwt' },
      ),
    ).toBe(Date.UTC(2028, 0, 1));
  });
});
