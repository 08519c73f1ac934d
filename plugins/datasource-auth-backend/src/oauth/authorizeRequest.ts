import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { renameParameters } from './dialect';
import { requestsOpenId } from './openId';
import { AuthorizeRequest, AuthorizeStep } from './ProviderClient';
import { resolveParameters } from './ProviderCall';
import {
  Parameter,
  encodeForm,
  withQuery,
  withoutReserved,
} from './queryString';
import { ProviderContext } from '../settings/ResolvedSettings';
import { dpopThumbprint } from '../signing/dpopProof';
import { resourceParameters, scopeParameter } from './scopes';
import { SettingsError } from '../settings/SettingsError';
import { TemplateValues, resolveText, resolveUrl } from '../settings/templates';

/**
 * Returns the parameters of an authorization request (RFC 6749 section 4.1.1) under the provider's names. Extra parameters
 * come first, so they can't override what Backstage sets.
 *
 * @throws SettingsError
 */
export async function authorizeParameters(
  context: ProviderContext,
  step: AuthorizeStep,
): Promise<Parameter[]> {
  const { auth, redirectUri } = context;
  const { authorize } = auth;
  const values = valuesOf(context, step);
  const responseType = authorize.responseType ?? 'code';
  if (/(^|\s)(id_)?token(\s|$)/.test(responseType)) {
    throw new SettingsError('responseTypeWithToken');
  }
  const clientId = resolveText(auth.clientId ?? '', values);
  if (!clientId) throw new SettingsError('clientIdMissing');
  const own: Array<readonly [string, string | undefined]> = [
    ['response_type', responseType || undefined],
    ['client_id', clientId],
    ['redirect_uri', redirectUri],
    ['scope', scopeParameter(context, values)],
    ['state', step.state],
    ...(await challengeOf(context, step)),
    // RFC 9449 section 10: the code is bound to the key, too.
    ['dpop_jkt', context.dpopKey && (await dpopThumbprint(context.dpopKey))],
    ['nonce', requestsOpenId(context, values) ? step.nonce : undefined],
    ['audience', auth.audience && resolveText(auth.audience, values)],
    ...resourceParameters(context, values).map(
      resource => ['resource', resource] as const,
    ),
  ];
  const given = own.filter(
    (parameter): parameter is Parameter => parameter[1] !== undefined,
  );
  const names = new Set(given.map(([name]) => name));
  const extra = resolveParameters(authorize.params, values);
  return renameParameters(
    [...extra.filter(([name]) => !names.has(name)), ...given],
    authorize.rename ?? {},
  );
}

/**
 * Returns where to send the browser: by a redirect or a form, with the parameters in the query, in the fragment, or pushed
 * beforehand.
 *
 * @throws SettingsError
 */
export function authorizeRequest(
  context: ProviderContext,
  step: AuthorizeStep,
  parameters: readonly Parameter[],
): AuthorizeRequest {
  const { authorize } = context.auth;
  if (!authorize.url) throw new SettingsError('authorizeUrlMissing');
  const url = withoutReserved(
    resolveUrl(authorize.url, valuesOf(context, step)),
  );
  if (url.includes('#')) {
    throw new SettingsError('authorizeUrlFragment');
  }
  const names = parameters.map(([name]) => name);
  if (authorize.method === 'POST') {
    // Each field of the form has one value. Repeated parameters go into the URL.
    const repeated = parameters.filter(
      ([name]) => names.indexOf(name) !== names.lastIndexOf(name),
    );
    const single = parameters.filter(
      parameter => !repeated.includes(parameter),
    );
    return {
      method: 'POST',
      url: withQuery(url, names, encodeForm(repeated)),
      fields: Object.fromEntries(single),
    };
  }
  const scopeName = authorize.rename?.scope ?? 'scope';
  const encoded = authorize.rawScope
    ? encodeWithRaw(parameters, scopeName)
    : encodeForm(parameters);
  return {
    method: 'GET',
    url: authorize.fragment
      ? `${url}#${encoded}`
      : withQuery(url, names, encoded),
  };
}

function valuesOf(
  { instance, kept }: ProviderContext,
  { state, nonce }: AuthorizeStep,
): TemplateValues {
  return { instance, kept, state, nonce };
}

/** RFC 7636 sections 4.1 to 4.3. `plain` is never used. */
async function challengeOf(
  { auth }: ProviderContext,
  { codeVerifier }: AuthorizeStep,
): Promise<Parameter[]> {
  if (auth.pkce === 'off') return [];
  if (!codeVerifier || !/^[A-Za-z0-9._~-]{43,128}$/.test(codeVerifier)) {
    throw new SettingsError('codeVerifierInvalid');
  }
  return [
    ['code_challenge', await calculatePKCECodeChallenge(codeVerifier)],
    ['code_challenge_method', 'S256'],
  ];
}

/** Returns the scope with only its delimiters encoded, because some providers compare it before they decode it. */
function encodeWithRaw(parameters: readonly Parameter[], raw: string): string {
  return parameters
    .map(([name, value]) =>
      name === raw
        ? `${encodeURIComponent(name)}=${value.replace(
            /[&#%\s<>"]/g,
            character => encodeURIComponent(character),
          )}`
        : encodeForm([[name, value]]),
    )
    .join('&');
}
