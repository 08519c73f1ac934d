import { useWatch } from 'react-hook-form';
import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import {
  GrantType,
  ImportedFrom,
  Preset,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { FIELDS } from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import { suggestedScopes } from '../settings/suggestedScopes';
import { useEditorFacts } from './EditorContext';
import { OfferedScope } from './ScopePicker';

const NO_PRESETS: Preset[] = [];

/**
 * Returns the scopes to choose from: of presets for the same provider, of the imported API description, and of the
 * issuer's metadata if it was read. The first one that knows the meaning of a scope counts.
 */
export function useOfferedScopes(): OfferedScope[] {
  const api = useApi(datasourceAuthApiRef);
  // Without presets, the other scopes are still offered.
  const { value: presets = NO_PRESETS } = useAsync(
    async () => (await api.listPresets()).items,
    [api],
  );
  const [grantType, baseUrl, authorizeUrl, tokenUrl, issuer] = useWatch({
    name: [
      ...[FIELDS.grantType.path, FIELDS.baseUrl.path],
      ...[FIELDS.authorizeUrl.path, FIELDS.tokenUrl.path, FIELDS.issuer.path],
    ],
  }) as [GrantType, ...Array<string | null>];
  const rows = useWatch({ name: FIELDS.instance.path }) as ValueRow[];
  const imported = useWatch({ name: FIELDS.importedFrom.path }) as
    | ImportedFrom
    | undefined;
  const { issuerScopes } = useEditorFacts();

  const urls = [authorizeUrl, tokenUrl].flatMap(url => url?.trim() || []);
  const plain = rows.filter(row => !row.secret && row.value);
  const offered: OfferedScope[] = [
    ...(imported?.scopes ?? []),
    ...suggestedScopes(presets, {
      ...{ grantType, urls, baseUrl: baseUrl?.trim() ?? '' },
      instance: Object.fromEntries(plain.map(({ key, value }) => [key, value])),
    }),
    ...(issuerScopes?.issuer === issuer?.trim()
      ? issuerScopes?.scopes ?? []
      : []
    ).map(scope => ({ scope })),
  ];
  const byName = new Map<string, OfferedScope>();
  for (const one of offered) {
    const known = byName.get(one.scope);
    if (!known?.description) byName.set(one.scope, one);
  }
  return [...byName.values()];
}
