import { ImportedFrom } from './settings';
import { openApiDraft } from './openApiDraft';
import { OpenApiFlow, OpenApiProposal } from './openApiProposal';

/**
 * An endpoint of which the API description now says something else than when it was imported. Without `now` it says
 * nothing of it any more.
 *
 * @public
 */
export interface OpenApiChange {
  /** What differs; `flow` is the chosen flow itself. */
  endpoint: keyof ImportedFrom['endpoints'] | 'flow';
  /** What was read when the datasource was made. */
  was?: string;
  /** What is read today. */
  now?: string;
}

const ENDPOINTS = ['authorizeUrl', 'tokenUrl', 'refreshUrl', 'issuer'] as const;

/**
 * What an API description says differently than when a datasource was made from it. The settings of the datasource may
 * have been changed since on purpose; they do not count here.
 *
 * @public
 */
export function openApiChanges(
  imported: ImportedFrom,
  proposal: OpenApiProposal,
): OpenApiChange[] {
  const flow = flowOf(imported, proposal);
  if (!flow) {
    return [{ endpoint: 'flow', was: `${imported.scheme}, ${imported.flow}` }];
  }
  const { endpoints } = imported;
  const changes: OpenApiChange[] = ENDPOINTS.map(endpoint => ({
    endpoint,
    was: endpoints[endpoint],
    now: flow[endpoint]?.value,
  }));
  const servers = proposal.servers.map(server => server.url);
  changes.push({
    endpoint: 'server',
    was: endpoints.server,
    now:
      endpoints.server !== undefined && servers.includes(endpoints.server)
        ? endpoints.server
        : servers[0],
  });
  return changes.filter(({ was, now }) => (was ?? '') !== (now ?? ''));
}

/**
 * Answer of `GET /datasources/{name}/description-changes`.
 *
 * @public
 */
export interface DescriptionChanges {
  /** Whether there is an API description to compare with: one at an address, or a catalog entity's. */
  comparable: boolean;
  /** What differs; nothing where all is as it was. */
  changes: OpenApiChange[];
  /** Why the API description cannot be read now, in a sentence. */
  unreadable?: string;
}

/**
 * The settings that an API description speaks of.
 *
 * @public
 */
export interface DescribedSettings {
  /** The API itself. */
  baseUrl?: string;
  /** Where tokens are obtained. */
  auth: {
    issuer?: string;
    authorize?: { url?: string };
    token?: { url?: string };
    refresh?: { url?: string };
  };
  /** What was read when the datasource was made. */
  importedFrom?: ImportedFrom;
}

const SETTINGS: Record<
  keyof ImportedFrom['endpoints'],
  (settings: Omit<DescribedSettings, 'importedFrom'>) => string | undefined
> = {
  server: ({ baseUrl }) => baseUrl,
  authorizeUrl: ({ auth }) => auth.authorize?.url,
  tokenUrl: ({ auth }) => auth.token?.url,
  refreshUrl: ({ auth }) => auth.refresh?.url,
  issuer: ({ auth }) => auth.issuer,
};

/**
 * What an API description says differently than when a datasource was made from it, but for what its settings already
 * follow: of what somebody has put right, nobody needs to be told.
 *
 * @public
 */
export function openChanges(
  settings: DescribedSettings,
  proposal: OpenApiProposal,
): OpenApiChange[] {
  const { importedFrom } = settings;
  if (!importedFrom) return [];
  const changes = openApiChanges(importedFrom, proposal);
  if (!flowOf(importedFrom, proposal)?.grantType) return changes;
  const drafts = (proposal.servers.length ? proposal.servers : [undefined]).map(
    (_, server) => {
      const { scheme, flow } = importedFrom;
      return openApiDraft(proposal, { scheme, flow, server }).settings;
    },
  );
  const draft =
    drafts.find(({ baseUrl }) => baseUrl === settings.baseUrl) ?? drafts[0];
  return changes.filter(({ endpoint }) => {
    if (endpoint === 'flow') return true;
    const valueOf = SETTINGS[endpoint];
    return valueOf(settings) !== valueOf(draft);
  });
}

function flowOf(
  { scheme, flow }: ImportedFrom,
  proposal: OpenApiProposal,
): OpenApiFlow | undefined {
  return proposal.schemes
    .find(({ name }) => name === scheme)
    ?.flows.find(candidate => candidate.flow === flow);
}
