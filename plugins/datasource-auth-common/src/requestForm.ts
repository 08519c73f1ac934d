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
