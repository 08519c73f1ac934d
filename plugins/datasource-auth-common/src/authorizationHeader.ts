import { z } from 'zod';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
} from './clientAuthentications';
import { clientAuthenticationsOf } from './clientCredential';

/** What sets the `Authorization` header of a token request. */
interface HeaderSettings {
  clientAuthentication: ClientAuthenticationMethod;
  refresh?: { clientAuthentication?: ClientAuthenticationMethod };
  token: { authorization?: string; basic?: object };
}

/** Refuses a second setting for the `Authorization` header: only one of them could be sent. */
export function checkAuthorizationHeader(
  { auth }: { auth: HeaderSettings },
  ctx: z.RefinementCtx,
): void {
  const { authorization, basic } = auth.token;
  const refuse = (member: string, message: string) =>
    ctx.addIssue({ code: 'custom', path: ['auth', 'token', member], message });
  if (authorization !== undefined && basic) {
    refuse(
      'authorization',
      "Remove this setting or 'basic': both set the Authorization header.",
    );
  }
  const method = clientAuthenticationsOf(auth).find(
    each => CLIENT_AUTHENTICATIONS[each].setsHeader,
  );
  if (!method) return;
  for (const [member, value] of Object.entries({ authorization, basic })) {
    if (value === undefined) continue;
    refuse(
      member,
      `The client authentication '${method}' already sets the Authorization header. Remove this setting, or choose another client authentication, for example none.`,
    );
  }
}
