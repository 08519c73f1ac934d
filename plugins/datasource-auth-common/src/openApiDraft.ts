import { GRANTS } from './grants';
import {
  resolveAddress,
  variableNames,
  variableValues,
} from './openApiAddress';
import { importedFrom } from './openApiImported';
import { authOfKeys, originsOfKeys, valuesOfKeys } from './openApiKeys';
import {
  OpenApiFlow,
  OpenApiProblem,
  OpenApiProposal,
  OpenApiServer,
  OpenApiValue,
  OpenApiVariable,
} from './openApiProposal';
import { OAuthDraft, SettingsDraft } from './presetDraft';
import { urlSchema } from './urlSchema';

/**
 * A person's choices from a proposal.
 *
 * @public
 */
export interface OpenApiChoice {
  /** Name of a security scheme, or of keys. Without it, only the title and the base URL are taken. */
  scheme?: string;
  /** A flow of the scheme that has a grant type. Without it, `scheme` is the name of keys. */
  flow?: string;
  /** Index of a server; defaults to the first one. */
  server?: number;
  /** Values of variables in addresses; default to the document's defaults. */
  variables?: Record<string, string>;
  /** Scopes to request; none by default. */
  scopes?: string[];
}

/**
 * A setting that an import fills in, and its source.
 *
 * @public
 */
export interface OpenApiOrigin {
  /** Dotted path of the setting. */
  path: string;
  /** The value for the form. */
  value: string;
  /** JSON pointer. */
  from: string;
  /** It was relative in the document and was resolved against the server. */
  resolved?: boolean;
  /** Why it can't be used as it is. */
  problem?: OpenApiProblem;
}

const NO_SERVER: OpenApiProblem = {
  code: 'no_server',
  message: 'is relative, but the document lists no server',
};
const NO_VALUE: OpenApiProblem = {
  code: 'no_value',
  message: 'begins with a variable that has no value',
};
const NOT_A_URL: OpenApiProblem = {
  code: 'not_a_url',
  message: "isn't an HTTP(S) URL",
};

/**
 * Creates settings from a proposal, with the source of each value. Invalid addresses are omitted; those that this
 * Backstage may not call are kept for a person to review. A variable without a value becomes an instance value, which
 * the status of the datasource asks for. Secrets are left for a person to enter.
 *
 * @throws Error for a scheme or flow that doesn't exist or is unsupported
 * @public
 */
export function openApiDraft(
  proposal: OpenApiProposal,
  choice: OpenApiChoice,
): { settings: SettingsDraft; origins: OpenApiOrigin[] } {
  const { scheme, flow, keys, server } = chosen(proposal, choice);
  if (choice.scheme !== undefined && !flow?.grantType && !keys) {
    throw new Error(
      choice.flow === undefined
        ? `The document has no key '${choice.scheme}'`
        : `'${choice.scheme}' has no supported flow '${choice.flow}'`,
    );
  }
  const values = variableValues(server?.variables ?? [], choice.variables);
  const base =
    server && resolveAddress(server.url, { base: proposal.url, values }).value;
  const origins: OpenApiOrigin[] = [];
  if (flow?.grantType) {
    const { grantType: value, from } = flow;
    origins.push({ path: 'auth.grantType', value, from });
  }
  const authWithoutToken = authOfKeys(keys?.keys ?? []);
  if (keys) {
    const [{ from }] = keys.keys;
    origins.push({ path: 'auth.type', value: authWithoutToken.type, from });
  }
  const address: ReadAddress = (
    path,
    found,
    against = base || proposal.url,
  ) => {
    if (!found) return undefined;
    const origin = originOf(path, found, against, values);
    origins.push(origin);
    const usable = !origin.problem || origin.problem.code === 'blocked';
    return usable ? origin.value : undefined;
  };
  const baseUrl = address(
    'baseUrl',
    server && {
      value: server.url,
      from: server.from,
      problem: serverProblem(server, values),
    },
    proposal.url,
  );
  const oauth = flow?.grantType && readFlow(flow, { choice, address, origins });
  const beside = scheme?.keys ?? [];
  origins.push(
    ...originsOfKeys(keys?.keys ?? [], 'auth'),
    ...originsOfKeys(beside, 'api'),
  );
  return {
    settings: {
      ...(proposal.title && { title: proposal.title.slice(0, 80).trim() }),
      ...(baseUrl && { baseUrl }),
      ...(oauth?.instance && { instance: oauth.instance }),
      ...(beside.some(({ name }) => name) && { api: valuesOfKeys(beside) }),
      auth: oauth?.auth ?? authWithoutToken,
      importedFrom: importedFrom(
        proposal,
        choice,
        flow,
        oauth?.auth.scopes ?? [],
        keys?.keys ?? beside,
      ),
    },
    origins,
  };
}

/** Returns the value of a setting for an address, if it can be used. */
type ReadAddress = (
  path: string,
  found: OpenApiValue | undefined,
  against?: string,
) => string | undefined;

/** Returns the OAuth settings of a flow. */
function readFlow(
  flow: OpenApiFlow,
  options: {
    choice: OpenApiChoice;
    address: ReadAddress;
    origins: OpenApiOrigin[];
  },
): Pick<OAuthDraft, 'auth' | 'instance'> {
  const { choice, address, origins } = options;
  const grantType = flow.grantType!;
  const issuer = address('auth.issuer', flow.issuer);
  const authorizeUrl = address('auth.authorize.url', flow.authorizeUrl);
  const tokenUrl = address('auth.token.url', flow.tokenUrl);
  const refreshUrl = GRANTS[grantType].issuesRefreshTokens
    ? address('auth.refresh.url', flow.refreshUrl)
    : undefined;
  const preset = flow.preset?.settings;
  const presetTokenUrl = preset?.auth.token?.url;
  if (flow.preset && presetTokenUrl && !tokenUrl) {
    origins.push({
      path: 'auth.token.url',
      value: presetTokenUrl,
      from: `Preset: ${flow.preset.title}`,
    });
  }
  const scopes = [
    ...new Set([...(choice.scopes ?? []), ...(preset?.auth.scopes ?? [])]),
  ].slice(0, 200);
  if (scopes.length) {
    const from = `${flow.from}/scopes`;
    origins.push({ path: 'auth.scopes', value: scopes.join(' '), from });
  }
  return {
    instance: preset?.instance,
    auth: {
      ...preset?.auth,
      grantType,
      ...(issuer && { issuer }),
      ...(authorizeUrl && {
        authorize: { ...preset?.auth.authorize, url: authorizeUrl },
      }),
      ...(tokenUrl && { token: { url: tokenUrl } }),
      ...(refreshUrl && { refresh: { url: refreshUrl } }),
      ...(scopes.length && { scopes }),
    },
  };
}

/**
 * Returns the variables in the addresses of a choice, with their descriptions from the document.
 *
 * @public
 */
export function openApiVariables(
  proposal: OpenApiProposal,
  choice: OpenApiChoice,
): OpenApiVariable[] {
  const { flow, server } = chosen(proposal, choice);
  const names = [server, ...addressesOf(flow)].flatMap(address =>
    variableNames(
      (address && ('url' in address ? address.url : address.value)) ?? '',
    ),
  );
  return [...new Set(names)].map(
    name =>
      server?.variables.find(variable => variable.name === name) ?? { name },
  );
}

function chosen(proposal: OpenApiProposal, choice: OpenApiChoice) {
  const scheme = proposal.schemes.find(({ name }) => name === choice.scheme);
  const server: OpenApiServer | undefined =
    proposal.servers[choice.server ?? 0];
  if (choice.flow === undefined) {
    const keys = proposal.keys.find(({ name }) => name === choice.scheme);
    return { keys, server };
  }
  const flow = scheme?.flows.find(each => each.flow === choice.flow);
  return { scheme, flow, server };
}

function addressesOf(flow: OpenApiFlow | undefined) {
  return flow
    ? [flow.issuer, flow.authorizeUrl, flow.tokenUrl, flow.refreshUrl]
    : [];
}

/** A finding for the default values of the variables may not hold for other values; Save checks again. */
function serverProblem(server: OpenApiServer, values: Map<string, string>) {
  const asChecked = server.variables.every(
    ({ name, default: value }) => values.get(name) === value,
  );
  return asChecked ? server.problem : undefined;
}

function originOf(
  path: string,
  { value: found, from, problem }: OpenApiValue,
  base: string | undefined,
  values: Map<string, string>,
): OpenApiOrigin {
  if (problem && problem.code !== 'blocked') {
    return { path, value: found, from, problem };
  }
  const { value, resolved } = resolveAddress(found, { base, values });
  if (value === '') {
    const unknown = /^\{/.test(found);
    return {
      path,
      value: found,
      from,
      problem: unknown ? NO_VALUE : NO_SERVER,
    };
  }
  if (!urlSchema.safeParse(value).success) {
    return { path, value, from, problem: NOT_A_URL };
  }
  return {
    path,
    value,
    from,
    ...(resolved && { resolved }),
    ...(problem && { problem }),
  };
}
