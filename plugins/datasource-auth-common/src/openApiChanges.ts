import { KindSettings } from './kinds/descriptors';
import { ImportedFrom } from './settings';
import { openApiDraft } from './openApiDraft';
import { OpenApiFlow, OpenApiProposal } from './openApiProposal';

/**
 * An endpoint that changed in the API description since the import. `now` is absent if the description no longer has
 * it.
 *
 * @public
 */
export interface OpenApiChange {
  /** What differs; `flow` is the chosen flow itself. */
  endpoint: keyof ImportedFrom['endpoints'] | 'flow';
  /** The value when the datasource was created. */
  was?: string;
  /** The current value. */
  now?: string;
}

const ENDPOINTS = ['authorizeUrl', 'tokenUrl', 'refreshUrl', 'issuer'] as const;

/**
 * Returns how an API description changed since a datasource was created from it. Later changes to the datasource's
 * settings don't count here.
 *
 * @public
 */
export function openApiChanges(
  imported: ImportedFrom,
  proposal: OpenApiProposal,
): OpenApiChange[] {
  const { endpoints, scheme, flow: name } = imported;
  const flow = flowOf(imported, proposal);
  const hasKeys = proposal.keys.some(keys => keys.name === scheme);
  if (name === undefined ? scheme !== undefined && !hasKeys : !flow) {
    const was = [scheme, name].filter(part => part !== undefined).join(', ');
    return [{ endpoint: 'flow', was }];
  }
  const changes: OpenApiChange[] = ENDPOINTS.map(endpoint => ({
    endpoint,
    was: endpoints[endpoint],
    now: flow?.[endpoint]?.value,
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
 * Response of `GET /datasources/{name}/description-changes`.
 *
 * @public
 */
export interface DescriptionChanges {
  /** Whether there is an API description to compare with: at an address, or of a catalog entity. */
  comparable: boolean;
  /** The differences; empty if nothing changed. */
  changes: OpenApiChange[];
  /** Why the API description can't be read now, in one sentence. */
  unreadable?: string;
}

/**
 * The settings that an API description describes.
 *
 * @public
 */
export interface DescribedSettings {
  /** The API itself. */
  baseUrl?: string;
  /** Where tokens are obtained. */
  auth: KindSettings & {
    issuer?: string;
    authorize?: { url?: string };
    token?: { url?: string };
    refresh?: { url?: string };
  };
  /** The API description as read when the datasource was created. */
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
 * Returns how an API description changed since a datasource was created from it, except for changes that its settings
 * already match.
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
  const isGone = changes.some(({ endpoint }) => endpoint === 'flow');
  const { scheme, flow } = importedFrom;
  const isUnusable =
    flow !== undefined && !flowOf(importedFrom, proposal)?.grantType;
  if (isGone || isUnusable) return changes;
  const drafts = (proposal.servers.length ? proposal.servers : [undefined]).map(
    (_, server) => openApiDraft(proposal, { scheme, flow, server }).settings,
  );
  const draft =
    drafts.find(({ baseUrl }) => baseUrl === settings.baseUrl) ?? drafts[0];
  return changes.filter(({ endpoint }) => {
    if (endpoint === 'flow') return true;
    const valueOf = SETTINGS[endpoint];
    return valueOf(settings) !== valueOf(draft as DescribedSettings);
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
