import { ConnectionTerms } from 'backstage-plugin-datasource-auth-common';

/** Returns the plugins, hosts and gateway routes that a person hasn't agreed to yet. */
export function newTerms(
  agreed: ConnectionTerms | undefined,
  terms: ConnectionTerms,
): string[] {
  if (!agreed) return [];
  const routesOf = ({ routes }: ConnectionTerms) =>
    routes.map(({ methods, path }) => `${methods.join(', ')} ${path}`);
  const added = (before: string[], now: string[]) =>
    now.filter(each => !before.includes(each));
  return [
    ...added(agreed.consumers, terms.consumers),
    ...added(agreed.hosts, terms.hosts),
    ...added(routesOf(agreed), routesOf(terms)),
  ];
}
