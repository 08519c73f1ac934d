import {
  GrantOrKind,
  ImportedFrom,
} from 'backstage-plugin-datasource-auth-common';
import { Text } from '../translation';
import { FieldSpec } from '../kinds';
import { optionName } from './optionName';
import { ConsumersDraft, ValueRow } from './fieldCodec';

/** Returns a setting's value from the form for display; empty if there is none. Never returns a secret. */
export function formatSetting(
  t: Text,
  field: FieldSpec,
  value: unknown,
): string {
  if (value === null) return t('flag.none');
  if (typeof value === 'boolean') return t(value ? 'flag.on' : 'flag.off');
  if (Array.isArray(value))
    return (value as ValueRow[])
      .map(row => `${row.key}=${row.secret ? '••••' : row.value}`)
      .join(', ');
  if (field.id === 'grantType' || field.id === 'authType')
    return t(`grant.${value as GrantOrKind | 'oauth2'}`);
  if (field.kind === 'consumers' && value) {
    const { mode, plugins } = value as ConsumersDraft;
    return mode === 'any' ? t('editor.consumers.any') : plugins;
  }
  if (field.id === 'importedFrom' && value) {
    const { title, version, entityRef, url } = value as ImportedFrom;
    return [title, version, entityRef ?? url].filter(Boolean).join(' · ');
  }
  if (value === undefined || typeof value === 'object') return '';
  const text = String(value);
  return field.kind === 'choice' && text ? optionName(t, text, field.id) : text;
}
