import { useEffect, useMemo, useRef, useState } from 'react';
import { FieldErrors, get, Resolver, set, useForm } from 'react-hook-form';
import {
  DatasourceSettingsView,
  ProposedFix,
} from 'backstage-plugin-datasource-auth-common';
import { useBackendText } from 'backstage-plugin-datasource-auth-react';
import { fieldElementId } from '../fields/useSetting';
import {
  FIELDS,
  FIELD_LIST,
  FieldSpec,
  fieldOfPath,
  hasSecretRows,
} from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import {
  changedFields,
  EditorValues,
  formOfSettings,
  settingsOfForm,
} from '../settings/settingsForm';
import { missingInstanceValues } from '../settings/requiredFields';
import { formValueOf, FailedForms } from '../settings/FailedForms';
import {
  FieldFaults,
  faultsOfPaths,
  SentFaults,
  validateForm,
} from '../settings/validateForm';
import { EditorStart } from './editorStart';

const resolverOf =
  (validate: (values: EditorValues) => FieldFaults): Resolver<EditorValues> =>
  async values => {
    const faults = validate(values);
    if (Object.keys(faults).length === 0) return { values, errors: {} };
    const errors: FieldErrors<EditorValues> = {};
    for (const [path, message] of Object.entries(faults))
      set(errors, path, { type: 'schema', message });
    return { values: {}, errors };
  };

/** A field error for the summary. */
export interface NamedFault {
  field?: FieldSpec;
  message: string;
}

const instanceRows = (form: EditorValues) =>
  get(form, FIELDS.instance.path) as ValueRow[];

/** Creates the form that an editor starts with. */
export function startValues(
  start: Pick<
    EditorStart,
    'datasource' | 'restored' | 'duplicateOf' | 'given' | 'values'
  >,
): EditorValues {
  const { datasource, restored, duplicateOf, given, values } = start;
  if (values) return values;
  if (restored?.settings) return formOfSettings(restored.settings);
  if (duplicateOf) {
    const copy = formOfSettings(duplicateOf);
    set(copy, FIELDS.name.path, `${duplicateOf.name}-copy`.slice(-63));
    set(
      copy,
      FIELDS.title.path,
      `${duplicateOf.title ?? duplicateOf.name} (copy)`,
    );
    // A copy contains neither secrets nor the claim that they are stored.
    for (const field of FIELD_LIST)
      if (hasSecretRows(field))
        set(
          copy,
          field.path,
          (get(copy, field.path) as ValueRow[] | null)?.map(row => ({
            ...row,
            set: false,
          })),
        );
    return copy;
  }
  if (given) {
    const form = formOfSettings(
      given.settings as Partial<DatasourceSettingsView>,
    );
    // Values that aren't given get a row, so that only they must be typed.
    const rows = missingInstanceValues(form)
      .filter(name => !instanceRows(form).some(row => row.key === name))
      .map(key => ({ key, value: '', secret: false }));
    set(form, FIELDS.instance.path, [...instanceRows(form), ...rows]);
    return form;
  }
  return formOfSettings(datasource);
}

/**
 * The editor's form: values, differences from the saved datasource, and errors.
 *
 * @param check - finds further errors, by path
 */
export function useEditorForm(
  start: EditorStart,
  check?: (values: EditorValues) => FieldFaults,
) {
  const [base, setBase] = useState<Partial<DatasourceSettingsView> | undefined>(
    start.datasource,
  );
  const text = useBackendText();
  const validate = (values: EditorValues): FieldFaults => ({
    ...check?.(values),
    ...validateForm(values, text),
  });
  const latest = useRef(validate);
  latest.current = validate;
  // Values that a failure is about.
  const noted = useRef<{ form: string; faults: FieldFaults }>();
  const form = useForm<EditorValues>({
    defaultValues: useMemo(() => startValues(start), [start]),
    resolver: useMemo(
      () =>
        resolverOf(values => ({
          ...(noted.current?.form === JSON.stringify(values) &&
            noted.current.faults),
          ...latest.current(values),
        })),
      [],
    ),
    mode: 'onBlur',
    reValidateMode: 'onBlur',
    shouldFocusError: false,
  });
  const values = form.watch();
  useEffect(() => {
    if (!noted.current || noted.current.form === JSON.stringify(values)) return;
    form.clearErrors(Object.keys(noted.current.faults));
    noted.current = undefined;
  });
  const baseValues = useMemo(() => formOfSettings(base), [base]);
  const unsavedFields = changedFields(baseValues, values);
  const [summary, setSummary] = useState<NamedFault[]>([]);
  const tried = useRef(new FailedForms());

  const showFaults = (faults: FieldFaults) => {
    for (const [path, message] of Object.entries(faults))
      if (fieldOfPath(path)) form.setError(path, { type: 'fault', message });
    setSummary(
      Object.entries(faults).map(([path, message]) => ({
        field: fieldOfPath(path),
        message,
      })),
    );
  };

  return {
    form,
    values,
    baseValues,
    setBase,
    unsavedFields,
    summary,
    clearSummary: () => setSummary([]),
    showServerFaults: (faults: SentFaults) =>
      showFaults(faultsOfPaths(faults, text)),
    /** Shows a note at values that may be wrong, until the form changes. It doesn't keep the form from being sent. */
    note: (faults: FieldFaults) => {
      noted.current = { form: JSON.stringify(form.getValues()), faults };
      for (const [path, message] of Object.entries(faults))
        form.setError(path, { type: 'provider', message });
    },
    /** Returns what is wrong with the current form, by path. */
    faults: () => validate(form.getValues()),
    /** Returns the settings to send, or undefined after showing their errors. */
    settings: () => {
      const current = form.getValues();
      const faults = validate(current);
      noted.current = undefined;
      form.clearErrors();
      showFaults(faults);
      return Object.keys(faults).length ? undefined : settingsOfForm(current);
    },
    /** Records that the current form failed, so that no fix leads back to it. */
    noteFailed: () => tried.current.add(form.getValues()),
    repairs: {
      applyFix: (fix: ProposedFix) => {
        for (const [path, value] of Object.entries(fix.set))
          if (fieldOfPath(path)?.path === path)
            form.setValue(path, formValueOf(value), { shouldDirty: true });
      },
      offers: (fix: ProposedFix) => tried.current.offers(values, fix),
      editScopes: () =>
        document.getElementById(fieldElementId('scopes'))?.focus(),
    },
  };
}

/** Result of {@link useEditorForm}. */
export type EditorForm = ReturnType<typeof useEditorForm>;
