import { ImportedFrom } from './importedFrom';
import { OpenApiFlow, OpenApiProposal } from './openApiProposal';

/**
 * An endpoint of which the API description now says something else than when it was imported. Without `now` it says
 * nothing of it any more.
 *
 * @public
 */
export interface OpenApiChange {
  endpoint: keyof ImportedFrom['endpoints'] | 'flow';
  was?: string;
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
  const flow: OpenApiFlow | undefined = proposal.schemes
    .find(scheme => scheme.name === imported.scheme)
    ?.flows.find(candidate => candidate.flow === imported.flow);
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
