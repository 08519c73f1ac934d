import {
  AuthService,
  BackstageCredentials,
  BackstagePrincipalAccessRestrictions,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';

/**
 * Who is calling. A plugin is one only by its own verified token; an external token is never a plugin, whatever its
 * operator called it.
 */
export type Caller =
  | {
      kind: 'user';
      userRef: string;
      /** The plugin that calls on the user's behalf. */
      plugin?: string;
      credentials: BackstageCredentials;
    }
  | { kind: 'plugin'; plugin: string; credentials: BackstageCredentials }
  | {
      kind: 'external';
      subject: string;
      restrictions?: BackstagePrincipalAccessRestrictions;
      credentials: BackstageCredentials;
    };

const PLUGIN_SUBJECT = /^plugin:([a-z0-9][a-z0-9_-]{0,99})$/i;

/**
 * Identifies the caller of a request.
 *
 * The subject of a service principal is chosen by whoever configured a static token, so `plugin:x` proves nothing by
 * itself. Tokens of plugins bear a `typ` of their own and are verified as such or refused: the type is read from the
 * very token that was authenticated, and anything else fails closed as an external caller. An actor is made by the
 * verification of plugin tokens alone.
 */
export async function identifyCaller(
  req: Request,
  options: { httpAuth: HttpAuthService; auth: AuthService },
): Promise<Caller> {
  const { httpAuth, auth } = options;
  const credentials = await httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  const caller = callerWith(credentials, { auth });
  return caller.kind === 'plugin' && !isPluginToken(req)
    ? external(credentials)
    : caller;
}

/**
 * Tells who has these credentials, where there is no request whose token could prove that a plugin is one. A service
 * that calls itself `plugin:x` is taken for that plugin, which may read less than an external caller and change nothing:
 * for reading only, and never for handing out a token.
 */
export function callerWith(
  credentials: BackstageCredentials,
  { auth }: { auth: AuthService },
): Caller {
  if (auth.isPrincipal(credentials, 'user')) {
    const principal: BackstageUserPrincipal = credentials.principal;
    return {
      kind: 'user',
      userRef: principal.userEntityRef,
      plugin: pluginOf(principal.actor?.subject),
      credentials,
    };
  }
  const principal = credentials.principal as BackstageServicePrincipal;
  const plugin = pluginOf(principal.subject);
  return plugin && !principal.accessRestrictions
    ? { kind: 'plugin', plugin, credentials }
    : external(credentials);
}

function external(credentials: BackstageCredentials): Caller {
  const principal = credentials.principal as BackstageServicePrincipal;
  return {
    kind: 'external',
    subject: principal.subject,
    restrictions: principal.accessRestrictions,
    credentials,
  };
}

/** How a caller is named in records: user ref, `plugin:x` or `external:x`. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return caller.userRef;
    case 'plugin':
      return `plugin:${caller.plugin}`;
    default:
      return `external:${caller.subject}`;
  }
}

function pluginOf(subject: string | undefined): string | undefined {
  return PLUGIN_SUBJECT.exec(subject ?? '')?.[1];
}

function isPluginToken(req: Request): boolean {
  return typeOf(bearerToken(req)) === tokenTypes.plugin.typParam;
}

/** The token by which a request is authenticated: the one that Backstage reads, in the way it does. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
}

/** The type that a token gives itself. Worth something once the token was verified. */
export function typeOf(token: string | undefined): unknown {
  return partOf(token, 0)?.typ;
}

/** When a token ends by its own words, epoch milliseconds. Worth something once the token was verified. */
export function tokenExpiry(token: string | undefined): number | undefined {
  const seconds = partOf(token, 1)?.exp;
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}

function partOf(
  token: string | undefined,
  index: number,
): Record<string, unknown> | undefined {
  try {
    const part = token?.split('.')[index] ?? '';
    return JSON.parse(Buffer.from(part, 'base64url').toString()) ?? undefined;
  } catch {
    return undefined;
  }
}
