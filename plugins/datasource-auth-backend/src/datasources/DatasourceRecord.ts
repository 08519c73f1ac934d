import {
  oauth2Settings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { toNumber } from '../database/database';
import { BareSettings, SecretInfos } from '../settings/secrets';

/** A datasource as stored. Times are epoch milliseconds of the database clock. */
export interface DatasourceRecord {
  id: string;
  name: string;
  source: 'database' | 'config';
  settings: BareSettings;
  /** Secrets, encrypted for this row and its binding. */
  sealed?: string;
  secretInfos: SecretInfos;
  binding: string;
  version: number;
  attention: number;
  /** The last test, if it failed. */
  failedTest?: TestResult;
  createdAt: number;
  createdBy?: string;
  updatedAt: number;
  updatedBy?: string;
  /** When the row was last changed in any way that others must notice. */
  changedAt: number;
}

/** The columns that a write replaces. */
export interface DatasourceContent {
  settings: BareSettings;
  sealed?: string;
  secretInfos: SecretInfos;
  binding: string;
  attention: number;
}

export interface DbDatasourceRow {
  id: string;
  name: string;
  declared_name: string | null;
  source: string;
  settings: string;
  sealed: string | null;
  secret_info: string;
  binding: string;
  version: string | number;
  attention: number;
  failed_test: string | null;
  sort_key: string;
  created_at: string | number;
  created_by: string | null;
  updated_at: string | number;
  updated_by: string | null;
  changed_at: string | number;
}

/** Columns that a write replaces. */
export function contentColumns(content: DatasourceContent, name: string) {
  const { settings } = content;
  return {
    title: settings.title ?? null,
    sort_key: sortKeyOf(settings, name),
    owner: settings.owner?.toLowerCase().slice(0, 300) ?? null,
    grant_type: oauth2Settings(settings.auth)?.grantType ?? settings.auth.type,
    host: apiHostOf(settings)?.slice(0, 300) ?? null,
    consumers: JSON.stringify(settings.consumers),
    subjects: settings.subjects ?? 'service',
    tags: settings.tags?.length ? `\n${settings.tags.join('\n')}\n` : null,
    settings: JSON.stringify(settings),
    sealed: content.sealed ?? null,
    secret_info: JSON.stringify(content.secretInfos),
    binding: content.binding,
    attention: content.attention,
  };
}

/** Value that a list is sorted by. */
export function sortKeyOf(settings: BareSettings, name: string): string {
  // Lower case can be longer: one dotted capital I becomes two characters.
  return (settings.title || name).toLowerCase().slice(0, 120);
}

/** Host of the API, or of the token endpoint without a base URL. */
export function apiHostOf(settings: BareSettings): string | undefined {
  const url = settings.baseUrl || oauth2Settings(settings.auth)?.token.url;
  return url?.split(/[/?]/)[2]?.toLowerCase();
}

/** Maps a row of the table. Nothing else does. */
export function toRecord(row: DbDatasourceRow): DatasourceRecord {
  return {
    id: row.id,
    name: row.name,
    source: row.source as DatasourceRecord['source'],
    settings: JSON.parse(row.settings) as BareSettings,
    sealed: row.sealed ?? undefined,
    secretInfos: JSON.parse(row.secret_info),
    binding: row.binding,
    version: toNumber(row.version)!,
    attention: row.attention,
    failedTest: row.failed_test ? JSON.parse(row.failed_test) : undefined,
    createdAt: toNumber(row.created_at)!,
    createdBy: row.created_by ?? undefined,
    updatedAt: toNumber(row.updated_at)!,
    updatedBy: row.updated_by ?? undefined,
    changedAt: toNumber(row.changed_at)!,
  };
}
