import { z } from 'zod';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
} from './clientAuthentications';
import { credentialTemplatesIn } from './credentialTemplates';
import { GRANTS, GrantType } from './grants';

interface FormSettings {
  grantType: GrantType;
  clientAuthentication: ClientAuthenticationMethod;
  pkce?: string;
  token: {
    method: string;
    contentType: string;
    params: object;
    authorization?: string;
    basic?: object;
    body?: unknown;
    then?: { url?: string; method: string; params: object; body?: unknown };
  };
  refresh?: {
    method?: string;
    contentType?: string;
    clientAuthentication?: ClientAuthenticationMethod;
    params?: object;
    body?: unknown;
  };
}

/** Refuses what a request with a body of its own could not send, and a body that would leave the code out. */
export function checkRequestForm(
  { auth }: { auth: FormSettings },
  ctx: z.RefinementCtx,
): void {
  const { token, refresh, grantType, pkce } = auth;
  const forms = {
    token: { ...token, clientAuthentication: auth.clientAuthentication },
    refresh: {
      ...refresh,
      method: refresh?.method ?? token.method,
      clientAuthentication:
        refresh?.clientAuthentication ?? auth.clientAuthentication,
    },
  };
  for (const [name, form] of Object.entries(forms)) {
    if (form.body === undefined) continue;
    const refuse = (member: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: ['auth', name, member], message });
    if (form.method === 'GET')
      refuse('body', 'A GET request has no body. Choose POST, or remove this.');
    if (form.contentType === 'query')
      refuse(
        'body',
        'The content type puts all parameters into the URL. Choose json, or remove the body.',
      );
    if (Object.keys(form.params ?? {}).length > 0)
      refuse(
        'params',
        'The body is sent in place of all parameters. Move these into the body.',
      );
    const { setsHeader, credential } =
      CLIENT_AUTHENTICATIONS[form.clientAuthentication];
    if (!setsHeader && credential !== 'none')
      refuse(
        'body',
        `The client authentication '${form.clientAuthentication}' sends parameters, and the body is sent in their place. Choose client_secret_basic, or none with {{clientId}} and {{clientSecret}} in the body.`,
      );
  }
  if (token.then)
    checkFurtherRequest(token.then, grantType, (member, message) =>
      ctx.addIssue({
        code: 'custom',
        path: ['auth', 'token', 'then', member],
        message,
      }),
    );
  if (token.body === undefined || GRANTS[grantType].approval !== 'person')
    return;
  const used = credentialTemplatesIn({ token });
  const missing = [
    ...(used.includes('code') ? [] : ['code']),
    ...(used.includes('codeVerifier') || pkce === 'off'
      ? []
      : ['codeVerifier']),
  ].map(name => `{{${name}}}`);
  if (missing.length === 0) return;
  ctx.addIssue({
    code: 'custom',
    path: ['auth', 'token', 'body'],
    message: `Add ${missing.join(
      ' and ',
    )} to the body: the request must prove the approval.`,
  });
}

function checkFurtherRequest(
  then: NonNullable<FormSettings['token']['then']>,
  grantType: GrantType,
  refuse: (member: string, message: string) => void,
): void {
  if (GRANTS[grantType].approval === 'person') {
    // Lost between the two requests, a code would need the person again.
    refuse(
      'url',
      'A further request is possible only for grants without an approval. Remove it, or choose another grant.',
    );
  } else if (!then.url) {
    refuse('url', 'Enter the URL of the further request, or remove the rest.');
  }
  if (then.body === undefined) return;
  if (then.method === 'GET')
    refuse('body', 'A GET request has no body. Choose POST, or remove this.');
  if (Object.keys(then.params).length > 0)
    refuse(
      'params',
      'The body is sent in place of all parameters. Move these into the body.',
    );
}
