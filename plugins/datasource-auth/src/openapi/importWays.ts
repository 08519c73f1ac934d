import {
  GRANTS,
  isInAuthorization,
  OpenApiChoice,
  OpenApiFlow,
  OpenApiKey,
  OpenApiProposal,
  OpenApiScheme,
} from 'backstage-plugin-datasource-auth-common';
import { Way } from '../kinds';
import { settingLabel } from '../settings/settingLabel';
import { Text } from '../translation';

/** A way to authenticate that a proposal has: a flow, keys, or neither, which is chosen in the editor. */
export interface ImportWay extends Pick<OpenApiChoice, 'scheme' | 'flow'> {
  oauth?: { scheme: OpenApiScheme; flow: OpenApiFlow };
  keys?: OpenApiKey[];
  /** Why it can't be chosen. */
  unusable?: NonNullable<OpenApiFlow['unusable']> | 'grantDisabled';
}

/** Returns each flow of each scheme and all keys, in the order of the document, and last the choice of neither. */
export function importWays(
  proposal: OpenApiProposal,
  passwordGrantEnabled: boolean,
): ImportWay[] {
  const flows = proposal.schemes.flatMap(scheme =>
    scheme.flows.map(flow => ({
      scheme: scheme.name,
      flow: flow.flow,
      oauth: { scheme, flow },
      unusable:
        flow.grantType &&
        GRANTS[flow.grantType].canBeDisabled &&
        !passwordGrantEnabled
          ? ('grantDisabled' as const)
          : flow.unusable,
    })),
  );
  const keys = proposal.keys.map(each => ({
    scheme: each.name,
    keys: each.keys,
  }));
  return [...flows, ...keys, {}];
}

/** Returns whether a way is one of the document, and can be used. */
export function isOffered({ scheme, unusable }: ImportWay): boolean {
  return scheme !== undefined && !unusable;
}

/** Returns the way to suggest: a flow of the document, then keys, then a flow in place of an implicit one. */
export function suggestedWay(ways: ImportWay[]): ImportWay | undefined {
  const offered = ways.filter(isOffered);
  return (
    offered.find(({ oauth }) => oauth && !oauth.flow.insteadOfImplicit) ??
    offered.find(({ keys }) => keys) ??
    offered[0] ??
    ways[ways.length - 1]
  );
}

const WAY_OF_PLACE: Record<Exclude<OpenApiKey['place'], 'certificate'>, Way> = {
  header: 'apiKey',
  query: 'apiKey',
  basic: 'basic',
  bearer: 'bearer',
};

/** Returns how keys authenticate, in the words of the page. */
export function waysOfKeys(t: Text, keys: OpenApiKey[]): string {
  const names = keys.map(({ place }) =>
    place === 'certificate'
      ? settingLabel(t, 'clientCertificate.certificate')
      : t(`way.${WAY_OF_PLACE[place]}`),
  );
  return [...new Set(names)].join(' + ');
}

/** Returns the display name of a way: its scheme with the grant or what the API issues. */
export function wayName(t: Text, { scheme, flow, oauth, keys }: ImportWay) {
  if (scheme === undefined) return t('openapi.scheme.other');
  if (keys)
    return t('openapi.scheme.flow', { scheme, flow: waysOfKeys(t, keys) });
  const grantType = oauth?.flow.grantType;
  return t('openapi.scheme.flow', {
    scheme,
    flow: grantType ? t(`grant.${grantType}`) : flow ?? '',
  });
}

/** Returns where each key is sent. */
export function placesOfKeys(t: Text, keys: OpenApiKey[]): string[] {
  return keys.flatMap(key => {
    const { name, place } = key;
    if (!name) return [];
    if (place === 'query') return [t('openapi.scheme.query', { name })];
    return [
      t('openapi.scheme.header', { name }),
      ...(isInAuthorization(key) ? [t('openapi.scheme.wholeHeader')] : []),
    ];
  });
}
