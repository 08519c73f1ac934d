import {
  AuthorizationServer,
  skipStateCheck,
  validateAuthResponse,
} from 'oauth4webapi';
import { keptMembers } from './toIssuedTokens';
import { CallbackParameters } from './ProviderClient';
import { ProviderContext } from '../settings/ResolvedSettings';

/** Result of an approval's callback. */
export interface Callback {
  code: string;
  kept: Record<string, string>;
  suggestedIssuer?: string;
}

/** The callback is invalid. Has the library's code if the library rejected it. */
export class CallbackError extends Error {
  readonly name = 'CallbackError';
  readonly reason:
    | 'error'
    | 'issuer'
    | 'issuer_missing'
    | 'no_code'
    | 'invalid';
  readonly error?: string;
  readonly errorDescription?: string;
  readonly issuer?: string;

  constructor(
    reason: CallbackError['reason'],
    details: {
      error?: string;
      errorDescription?: string;
      issuer?: string;
    } = {},
  ) {
    super(`The callback is not usable: ${reason}`);
    this.reason = reason;
    this.error = details.error;
    this.errorDescription = details.errorDescription;
    this.issuer = details.issuer;
  }
}

/**
 * Reads the response of the authorize step (RFC 6749 section 4.1.2, RFC 9207 section 2.4). Checks the issuer first, because
 * an error from another server doesn't count either. Then an error wins over a code. The caller has checked the state.
 *
 * @param issuer - the configured issuer, templates filled
 * @throws CallbackError
 */
export function readCallback(
  { auth }: ProviderContext,
  issuer: string | undefined,
  received: CallbackParameters,
): Callback {
  const {
    codeParam = 'code',
    stateParam = 'state',
    keep = [],
  } = auth.callback ?? {};
  const parameters = new URLSearchParams(Object.entries(received));
  const rename = (from: string, to: string) => {
    if (from === to) return;
    parameters.delete(to);
    const value = parameters.get(from);
    if (value !== null) parameters.set(to, value);
  };
  rename(codeParam, 'code');
  rename(stateParam, 'state');

  const iss = parameters.get('iss') ?? undefined;
  // The library would also compare the issuer if none is configured.
  if (!issuer) parameters.delete('iss');
  else if (iss !== undefined && iss !== issuer)
    throw new CallbackError('issuer', { issuer: iss });
  else if (iss === undefined && auth.requireIss)
    throw new CallbackError('issuer_missing');
  if (parameters.get('error')) {
    throw new CallbackError('error', {
      error: parameters.get('error')!,
      errorDescription: parameters.get('error_description') ?? undefined,
    });
  }

  let code: string | null;
  try {
    const server: AuthorizationServer = {
      issuer: issuer ?? 'https://issuer.invalid',
      authorization_response_iss_parameter_supported: Boolean(
        issuer && auth.requireIss,
      ),
    };
    const client = { client_id: auth.clientId || 'none' };
    code = validateAuthResponse(server, client, parameters, skipStateCheck).get(
      'code',
    );
  } catch {
    throw new CallbackError('invalid');
  }
  if (!code) throw new CallbackError('no_code');
  const names = keep.filter(name => ![codeParam, stateParam].includes(name));
  return {
    code,
    kept: keptMembers(received, names, [code, received[stateParam]]),
    ...(!issuer && iss && isIssuer(iss) ? { suggestedIssuer: iss } : {}),
  };
}

function isIssuer(text: string): boolean {
  return (
    text.length <= 500 &&
    URL.canParse(text) &&
    new URL(text).protocol === 'https:' &&
    !/[?#\s]/.test(text)
  );
}
