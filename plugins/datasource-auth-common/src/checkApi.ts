import { z } from 'zod';
import { apiQueryNames } from './apiQuery';
import { ApiSettings } from './apiSecrets';
import { SenderConstraintSettings } from './senderConstraint';
import { readName } from './apiSettings';
import { credentialPlaces, KindSettings } from './kinds/descriptors';
import { addFault, Fault, fault } from './faults';

/** Refuses what would take the place of the credential, or repeat a parameter of the base URL. */
export function checkApi(
  settings: ApiSettings & SenderConstraintSettings & { auth: KindSettings },
  ctx: z.RefinementCtx,
): void {
  const { baseUrl = '', api, auth } = settings;
  const refuse = (path: string[], found: Fault) =>
    addFault(ctx, found, { path });
  const own = credentialPlaces(auth);
  const isDpop = settings.senderConstraint === 'dpop';
  const ownHeaders = isDpop
    ? ['authorization', 'dpop']
    : own.headers.map(name => name.toLowerCase());
  for (const name of Object.keys(api?.headers ?? {})) {
    if (!ownHeaders.includes(name.toLowerCase())) continue;
    refuse(
      ['api', 'headers', name],
      fault(isDpop ? 'fault.apiHeaderDpop' : 'fault.apiHeaderCredential', {
        name,
      }),
    );
  }
  const [, baseQuery = ''] = /^[^?#]*\?([^#]*)/.exec(baseUrl) ?? [];
  const taken = apiQueryNames(baseQuery);
  const maps = {
    api: Object.keys(api?.query ?? {}),
    auth: own.query,
  };
  for (const [part, names] of Object.entries(maps)) {
    for (const name of names) {
      if (!taken.has(readName(name))) continue;
      refuse([part, 'query', name], fault('fault.apiParameterInUrl', { name }));
    }
  }
  const credential = new Set(own.query.map(readName));
  for (const name of maps.api) {
    if (!credential.has(readName(name))) continue;
    refuse(
      ['api', 'query', name],
      fault('fault.apiParameterCredential', { name }),
    );
  }
}
