import { KeyObject, createSign, generateKeyPairSync } from 'node:crypto';

/** A certificate and its key, both PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/**
 * Creates a self-signed certificate (RFC 5280) for one DNS name, so that the repository contains no key.
 */
export function selfSignedCertificate(dnsName: string): Certificate {
  return certificateFor(dnsName);
}

/** Creates a certificate that an authority signs, or else its own key. */
export function certificateFor(
  dnsName: string,
  options: {
    authority?: Certificate & { dnsName: string };
    /** `yyMMddHHmmssZ` */
    expires?: string;
  } = {},
): Certificate {
  const { authority, expires = '491231235959Z' } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const nameOf = (common: string) =>
    sequence(
      der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, text(common)))),
    );
  const name = nameOf(dnsName);
  const algorithm = sequence(
    oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02),
  );
  const extension = (id: Buffer, value: Buffer) =>
    sequence(id, der(0x04, value));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    authority ? nameOf(authority.dnsName) : name,
    sequence(der(0x17, text('200101000000Z')), der(0x17, text(expires))),
    name,
    publicKeyInfo(publicKey),
    der(
      0xa3,
      sequence(
        extension(
          oid(0x55, 0x1d, 0x13),
          sequence(der(0x01, Buffer.from([255]))),
        ),
        extension(oid(0x55, 0x1d, 0x11), sequence(der(0x82, text(dnsName)))),
      ),
    ),
  );
  const signature = createSign('sha256')
    .update(content)
    .sign(authority?.key ?? privateKey);
  const certificate = sequence(
    content,
    algorithm,
    der(0x03, Buffer.from([0]), signature),
  );
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return {
    cert: [
      '-----BEGIN CERTIFICATE-----',
      ...lines,
      '-----END CERTIFICATE-----',
      '',
    ].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}
