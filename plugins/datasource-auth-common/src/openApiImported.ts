import { MAX_KEPT_SCOPES } from './importedFrom';
import { resolveAddress, variableValues } from './openApiAddress';
import { OpenApiChoice } from './openApiDraft';
import { isClientCertificate, OpenApiKey } from './openApiKeys';
import {
  OpenApiFlow,
  OpenApiProposal,
  OpenApiScope,
  OpenApiValue,
} from './openApiProposal';
import { ImportedFrom } from './settings';
import { urlSchema } from './urlSchema';

/** Returns what settings keep of an API description, to find its changes and to offer the rest of it. */
export function importedFrom(
  proposal: OpenApiProposal,
  choice: OpenApiChoice,
  flow: OpenApiFlow | undefined,
  scopes: string[],
  keys: OpenApiKey[],
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
    clientCertificate: keys.some(isClientCertificate) || undefined,
    endpoints: withoutAbsent({
      server: server?.url,
      authorizeUrl: endpoint(flow?.authorizeUrl),
      tokenUrl: endpoint(flow?.tokenUrl),
      refreshUrl: endpoint(flow?.refreshUrl),
      issuer: endpoint(flow?.issuer),
    }),
    scopes: keptScopes(flow?.scopes ?? [], scopes),
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
