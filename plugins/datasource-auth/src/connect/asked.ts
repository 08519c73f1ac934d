import { get, set } from 'react-hook-form';
import {
  DatasourceSettingsView,
  InstanceField,
  isHeldBySettings,
  matchesField,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import { startValues } from '../editor/useEditorForm';
import { fieldElementId } from '../fields/useSetting';
import { FIELD_LIST, FIELDS, FieldSpec, hasRows } from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import {
  missingFields,
  missingInstanceValues,
  missingSecretValues,
} from '../settings/requiredFields';
import { EditorValues, grantOrKindOfForm, WAY } from '../settings/settingsForm';
import { Text } from '../translation';
import { ConnectStart, startOfPreset } from './connectStart';

/** A value that only the user knows: a setting, or one value of a map. */
export type Asked = { label: string; elementId: string } & (
  | { kind: 'setting'; field: FieldSpec }
  | { kind: 'value'; map: FieldSpec; name: string; instance?: InstanceField }
);

/** Decides with which fields the form starts. */
type Source = Pick<ConnectStart, 'provider' | 'given'>;

/** What the user chooses before anything else, and what decides which settings are required. */
const CHOICES = [
  WAY,
  FIELDS.authType.path,
  FIELDS.grantType.path,
  FIELDS.clientAuthentication.path,
];

/** Returns the way of a preset that a form has. */
export function presetWayOf(values: EditorValues): PresetWay {
  const way = grantOrKindOfForm(values);
  return isHeldBySettings(way) ? 'static' : (way as PresetWay);
}

/** Returns the form before the user entered anything, for the way that is chosen now. */
function untouched({ provider, given }: Source, values: EditorValues) {
  if (provider)
    return startValues({
      given: startOfPreset(provider, presetWayOf(values), {}),
    });
  const form = startValues({ given });
  for (const path of CHOICES) set(form, path, get(values, path));
  return form;
}

/** Returns the map that holds the value at a path. */
function mapOf(path: string): FieldSpec | undefined {
  return FIELD_LIST.find(each => path.startsWith(`${each.path}.`));
}

/** Returns the settings that are missing, in the order of the page. A username may be empty, but hardly ever is. */
function missingOf(
  values: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): FieldSpec[] {
  const missing = missingFields(values, stored);
  const { basicUsername } = FIELDS;
  return get(values, WAY) === 'basic' && !get(values, basicUsername.path)
    ? [basicUsername, ...missing]
    : missing;
}

function askedValue(
  map: FieldSpec,
  name: string,
  label: string,
  instance?: InstanceField,
): Asked {
  const elementId = `${fieldElementId(map.id)}-${name}`;
  return { kind: 'value', map, name, label, elementId, instance };
}

/** Returns what nobody but the user can know, in the order of the page: where, who, and the secret. */
export function askedOf(
  t: Text,
  source: Source,
  values: EditorValues,
): Asked[] {
  const form = untouched(source, values);
  const way = presetWayOf(values);
  const instance = source.provider
    ? source.provider.instance
        .filter(({ ways }) => !ways || ways.includes(way))
        .map(each => askedValue(FIELDS.instance, each.name, each.label, each))
    : missingInstanceValues(form).map(name =>
        askedValue(FIELDS.instance, name, name),
      );
  const settings = missingOf(form)
    .filter(({ id }) => id !== 'name')
    .map(
      (field): Asked => ({
        kind: 'setting',
        field,
        label: t(`field.${field.id}`),
        elementId: fieldElementId(field.id),
      }),
    );
  const secrets = missingSecretValues(form).flatMap(path => {
    const map = mapOf(path);
    if (!map) return [];
    const name = path.slice(map.path.length + 1);
    return [askedValue(map, name, name)];
  });
  return [
    ...instance.filter(each => !isSecret(each)),
    ...settings,
    ...instance.filter(isSecret),
    ...secrets,
  ];
}

/** Returns whether the value is a secret. */
export function isSecret(asked: Asked): boolean {
  if (asked.kind === 'setting') return asked.field.kind === 'secret';
  return asked.instance
    ? Boolean(asked.instance.secret)
    : asked.map.id !== 'instance';
}

function rowsOf(asked: Asked & { kind: 'value' }, values: EditorValues) {
  return (get(values, asked.map.path) ?? []) as ValueRow[];
}

/** Returns the path of a value in the form. */
export function pathOf(asked: Asked, values: EditorValues): string {
  if (asked.kind === 'setting') return asked.field.path;
  const index = rowsOf(asked, values).findIndex(row => row.key === asked.name);
  return `${asked.map.path}.${index}.value`;
}

/** Returns those values that differ from what the form starts with. */
export function enteredOf(
  source: Source,
  asked: Asked[],
  values: EditorValues,
): Asked[] {
  const before = untouched(source, values);
  return asked.filter(
    each =>
      JSON.stringify(get(values, pathOf(each, values))) !==
      JSON.stringify(get(before, pathOf(each, before))),
  );
}

/** Returns what is wrong with the entered values, by path: nothing is entered, or it has another form. */
export function faultsOfAsked(
  t: Text,
  asked: Asked[],
  values: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): Record<string, string> {
  const missing = missingOf(values, stored);
  const faultOf = (each: Asked): string | undefined => {
    const { label } = each;
    if (each.kind === 'setting') {
      if (!missing.includes(each.field)) return undefined;
      return hasRows(each.field)
        ? t('connect.enterRow')
        : t('connect.enter', { label });
    }
    const row = rowsOf(each, values).find(({ key }) => key === each.name);
    const value = row?.value.trim() ?? '';
    if (!value) return row?.set ? undefined : t('connect.enter', { label });
    const { instance } = each;
    return instance && !matchesField(instance, value)
      ? t('connect.wrongForm', { example: instance.example })
      : undefined;
  };
  // Rows that the user added.
  const secrets = missingSecretValues(values).flatMap(path => {
    const map = mapOf(path);
    if (!map) return [];
    const label = path.slice(map.path.length + 1);
    return [[map.path, t('connect.enter', { label })]];
  });
  return Object.fromEntries([
    ...secrets,
    ...asked.flatMap(each => {
      const fault = faultOf(each);
      return fault ? [[pathOf(each, values), fault]] : [];
    }),
  ]);
}
