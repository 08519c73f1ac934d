/** What the key file of a service account has, by setting. */
export interface KeyFile {
  /** The private key. */
  key: string;
  passphrase?: string;
  /** Plain settings by path. */
  settings: Record<string, string>;
  /** The token URL in the file. Only a person may trust it, because the key's assertion is sent there. */
  tokenUrl?: string;
}

const text = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Returns the parts of a key file of Google or Box, or undefined for anything else. */
export function readKeyFile(pasted: string): KeyFile | undefined {
  if (!pasted.trimStart().startsWith('{')) return undefined;
  let file: any;
  try {
    file = JSON.parse(pasted);
  } catch {
    return undefined;
  }
  const box = file?.boxAppSettings;
  const key = text(file?.private_key) ?? text(box?.appAuth?.privateKey);
  if (key === undefined) return undefined;
  const found = box
    ? {
        'auth.assertion.kid': text(box.appAuth.publicKeyID),
        'auth.assertion.issuer': text(box.clientID),
        'auth.assertion.subject': text(file.enterpriseID),
        'auth.clientId': text(box.clientID),
      }
    : {
        'auth.assertion.kid': text(file.private_key_id),
        'auth.assertion.issuer': text(file.client_email),
      };
  return {
    key,
    passphrase: text(box?.appAuth?.passphrase),
    settings: Object.fromEntries(
      Object.entries(found).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
    tokenUrl: text(file.token_uri),
  };
}
