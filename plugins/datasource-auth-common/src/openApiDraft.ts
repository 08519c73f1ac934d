import { GRANTS } from './grants';
import { MAX_KEPT_SCOPES } from './importedFrom';
import { ImportedFrom } from './settings';
import {
  resolveAddress,
  variableNames,
  variableValues,
} from './openApiAddress';
import {
  OpenApiFlow,
  OpenApiProblem,
  OpenApiProposal,
  OpenApiScope,
  OpenApiServer,
  OpenApiValue,
  OpenApiVariable,
} from './openApiProposal';
import { SettingsDraft } from './presetDraft';
import { urlSchema } from './urlSchema';

/**
 * A person's choices from a proposal.
 *
 * @public
 */
export interface OpenApiChoice {
  /** Name of a security scheme. */
  scheme: string;
  /** One of its flows that has a grant type. */
  flow: string;
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
 * the status of the datasource asks for.
 *
 * @throws Error for a flow that doesn't exist or is unsupported
 * @public
 */
export function openApiDraft(
  proposal: OpenApiProposal,
  choice: OpenApiChoice,
): { settings: SettingsDraft; origins: OpenApiOrigin[] } {
  const { flow, server } = chosen(proposal, choice);
  const grantType = flow?.grantType;
  if (!flow || !grantType) {
    throw new Error(
      `'${choice.scheme}' has no supported flow '${choice.flow}'`,
    );
  }
  const values = variableValues(server?.variables ?? [], choice.variables);
  const base =
    server && resolveAddress(server.url, { base: proposal.url, values }).value;
  const origins: OpenApiOrigin[] = [
    { path: 'auth.grantType', value: grantType, from: flow.from },
  ];
  const address = (
    path: string,
    found: OpenApiValue | undefined,
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
    settings: {
      ...(proposal.title && { title: proposal.title.slice(0, 80).trim() }),
      ...(baseUrl && { baseUrl }),
      ...(preset?.instance && { instance: preset.instance }),
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
      importedFrom: importedFrom(proposal, choice, flow, scopes),
    },
    origins,
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

function chosen(
  proposal: OpenApiProposal,
  choice: OpenApiChoice,
): { flow?: OpenApiFlow; server?: OpenApiServer } {
  return {
    flow: proposal.schemes
      .find(scheme => scheme.name === choice.scheme)
      ?.flows.find(flow => flow.flow === choice.flow),
    server: proposal.servers[choice.server ?? 0],
  };
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

function importedFrom(
  proposal: OpenApiProposal,
  choice: OpenApiChoice,
  flow: OpenApiFlow,
  scopes: string[],
): ImportedFrom {
  const { title, version, entityRef, url } = proposal;
  const server = proposal.servers[choice.server ?? 0];
  const endpoint = (value: OpenApiValue | undefined) => value?.value;
  return withoutAbsent({
    title,
    version,
    entityRef,
    url,
    scheme: choice.scheme,
    flow: choice.flow,
    endpoints: withoutAbsent({
      server: server?.url,
      authorizeUrl: endpoint(flow.authorizeUrl),
      tokenUrl: endpoint(flow.tokenUrl),
      refreshUrl: endpoint(flow.refreshUrl),
      issuer: endpoint(flow.issuer),
    }),
    scopes: keptScopes(flow.scopes, scopes),
    servers: proposal.servers.flatMap(
      ({ url: text, variables, description }) => {
        const { value } = resolveAddress(text, {
          base: url,
          values: variableValues(variables),
        });
        return urlSchema.safeParse(value).success && value
          ? withoutAbsent({
              url: value,
              description: description?.slice(0, 200).trim(),
            })
          : [];
      },
    ),
  });
}

/** If there are too many scopes to store, the chosen ones are kept. */
function keptScopes(offered: OpenApiScope[], wanted: string[]) {
  const chosenFirst =
    offered.length > MAX_KEPT_SCOPES
      ? [
          ...offered.filter(({ scope }) => wanted.includes(scope)),
          ...offered.filter(({ scope }) => !wanted.includes(scope)),
        ]
      : offered;
  return chosenFirst
    .slice(0, MAX_KEPT_SCOPES)
    .map(({ scope, description }) =>
      withoutAbsent({ scope, description: description?.slice(0, 200).trim() }),
    );
}

function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
