import {
  Diagnosis,
  diagnosisTexts,
  Kind,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings, resolveInstance, Secrets } from '../settings/secrets';
import { Signers } from '../signing/Signers';
import { SettingsError } from '../settings/SettingsError';
import { kindOnTheWire } from './index';
import { MintedToken } from './KindOnTheWire';

/** Why a token can't be signed, in words for people. */
export type SigningProblem = Pick<
  Diagnosis,
  'code' | 'title' | 'cause' | 'remedy' | 'texts'
>;

/** Returns whether Backstage itself makes the tokens of these settings. */
export function mintsTokens(auth: BareSettings['auth']): boolean {
  return kindOnTheWire<Kind>(auth).mint !== undefined;
}

/**
 * Makes a token from settings, or returns undefined where they hold the credential itself.
 *
 * @param now - epoch milliseconds of the API's clock; defaults to ours
 * @throws SettingsError where it can't be signed
 */
export async function mintedToken(
  { settings, secrets }: { settings: BareSettings; secrets: Secrets },
  now: number = Date.now(),
  signers: Signers = new Signers(),
): Promise<MintedToken | undefined> {
  const { auth } = settings;
  const values = { instance: resolveInstance(settings, secrets), kept: {} };
  return kindOnTheWire(auth).mint?.(
    { settings, secrets },
    values,
    now,
    signers,
  );
}

/**
 * Signs once to find out whether that is possible. A signer of a module is only asked when a token is needed.
 *
 * @returns why it isn't, or undefined
 */
export async function signingProblem(
  source: Parameters<typeof mintedToken>[0],
): Promise<SigningProblem | undefined> {
  const { auth } = source.settings;
  if (auth.type === 'jwt' && auth.assertion.signer) return undefined;
  try {
    await mintedToken(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const texts = { ...diagnosisTexts('jwtNotSigned'), cause: [error.text] };
    return { code: 'cannot_sign', ...renderDiagnosis(texts) };
  }
}
