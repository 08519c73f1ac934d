import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { get } from 'react-hook-form';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import {
  Authorization,
  isHeldBySettings,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { rememberFlow } from '../approval/leftFlow';
import { useAuthorizationPanel } from '../authorization/useAuthorizationPanel';
import { redirectUriOf } from '../editor/redirectUri';
import { startValues, useEditorForm } from '../editor/useEditorForm';
import { useSave } from '../editor/useSave';
import { Failure, failureOfStep } from '../failures/failure';
import { fieldElementId } from '../fields/useSetting';
import { useAnnounce, usePaths, useToast } from '../frame';
import { FieldId, FIELDS, fieldOfPath, hasRedirectUri } from '../kinds';
import { bindingOf } from '../settings/formBinding';
import { EditorValues, grantOrKindOfForm } from '../settings/settingsForm';
import { useText } from '../translation';
import {
  Asked,
  askedOf,
  enteredOf,
  faultsOfAsked,
  isSecret,
  pathOf,
  presetWayOf,
} from './asked';
import { ConnectStart, startOfPreset } from './connectStart';
import { freeName } from './freeName';
import { suspectsOf, suspectsOfCall, withLabels } from './suspects';
import { valuesOfWay } from './valuesOfWay';

/** Moves the focus once what is rendered now is there. */
function focusSoon(elementId: string) {
  setTimeout(() => document.getElementById(elementId)?.focus());
}

/** The chosen name, which another datasource got meanwhile, and a free one. */
interface TakenName {
  name: string;
  offered: string;
}

/** What the user can change besides the values that are asked for. */
const GENERAL = [FIELDS.title, FIELDS.name, FIELDS.consumers];

/** Further settings that are shown for APIs that no preset knows. */
const OF_UNKNOWN_APIS: readonly FieldId[] = [
  ...(['baseUrl', 'testPath', 'issuer', 'scopes'] as const),
];

/** State and actions of the connect flow: one form, one attempt, one save. */
export function useConnect(
  start: ConnectStart,
  onAllSettings: (next: {
    values: EditorValues;
    restored?: Authorization;
  }) => void,
) {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const showToast = useToast();
  const paths = usePaths();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const [search, setSearch] = useSearchParams();
  const { state: locationState } = useLocation();
  const mayLeave = useRef(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const formsOfWays = useRef(new Map<PresetWay, EditorValues>());
  const [granted, setGranted] = useState(
    start.restored?.status === 'granted' ? start.restored : undefined,
  );
  // The user wants to change a value although everything works.
  const [isReopened, setReopened] = useState(false);
  const [isAccepted, setAccepted] = useState(false);
  const [taken, setTaken] = useState<TakenName>();

  // A failed attempt keeps no secrets.
  const draft =
    start.restored?.status === 'failed' ? undefined : start.restored;
  const stored = granted?.settings ?? draft?.settings;
  const editor = useEditorForm(start, values =>
    faultsOfAsked(t, askedOf(t, start, values), values, stored),
  );
  const { form, values } = editor;
  const initial = useRef(form.getValues());
  const asked = askedOf(t, start, values);
  const grantOrKind = grantOrKindOfForm(values);
  const name = get(values, 'name') as string;
  const title = (get(values, 'title') as string) || name;
  const save = useSave({ start, editor });

  const binding = JSON.stringify(bindingOf(values));
  const facts = useMemo(
    () => ({ missing: [], binding: JSON.parse(binding), ending: [] }),
    [binding],
  );

  const askedNow = useRef(asked);
  askedNow.current = asked;
  const note = useRef(editor.note);
  note.current = editor.note;
  /** Says at the values that a failure is about that they should be checked. */
  const pointTo = useCallback(
    (suspects: Asked[]) => {
      const [first] = suspects;
      if (!first) return;
      const current = form.getValues();
      note.current(
        Object.fromEntries(
          suspects.map(each => [pathOf(each, current), t('connect.check')]),
        ),
      );
      focusSoon(first.elementId);
    },
    [form, t],
  );

  const panel = useAuthorizationPanel({
    grantType: grantOrKind,
    facts,
    restored: start.restored,
    openingText: t('panel.opening'),
    unknownFailure: t('panel.unknownFailure'),
    request: () => {
      const settings = editor.settings();
      return settings && { settings };
    },
    onLeaving: authorizationId => {
      mayLeave.current = true;
      rememberFlow({ authorizationId, provider: start.provider?.id });
    },
    onGranted: authorization => {
      setGranted(authorization);
      setReopened(false);
      setAccepted(false);
    },
    onFailed: (failure, faults) => {
      editor.noteFailed();
      if (faults) editor.showServerFaults(faults);
      else pointTo(suspectsOf(failure, askedNow.current));
    },
  });
  const { state, testResult, testing, test } = panel;

  // A reload continues with the attempt.
  const attemptId =
    state.kind === 'waiting' || state.kind === 'staged'
      ? state.authorizationId
      : undefined;
  const isInAddress = search.get('authorization') === attemptId;
  useEffect(() => {
    // Each change of the address brings another copy of its state, so only the address says when to stop.
    if (attemptId && !isInAddress)
      setSearch(
        { authorization: attemptId },
        { replace: true, state: locationState },
      );
  }, [attemptId, isInAddress, setSearch, locationState]);

  const stagedId = state.kind === 'staged' ? state.authorizationId : undefined;
  const hasTest = Boolean(get(values, 'testPath') && get(values, 'baseUrl'));
  const tested = useRef<string>();
  useEffect(() => {
    if (!stagedId || !hasTest || tested.current === stagedId) return;
    tested.current = stagedId;
    test();
  }, [stagedId, hasTest, test]);

  const isHeld = isHeldBySettings(grantOrKind);
  const failedCall = useMemo(() => {
    const step = testResult?.steps.find(({ ok }) => !ok);
    return (
      step && {
        failure: failureOfStep(step),
        status: testResult?.status,
      }
    );
  }, [testResult]);
  useEffect(() => {
    if (failedCall)
      pointTo(suspectsOfCall(failedCall, askedNow.current, isHeld));
  }, [failedCall, isHeld, pointTo]);

  const isDone =
    stagedId !== undefined &&
    !testing &&
    (!hasTest || Boolean(testResult?.ok) || isAccepted);
  const isConnected = isDone && !isReopened;
  let outcome: 'connected' | 'connectedUntested' | 'connectedFailed' =
    'connected';
  if (failedCall) outcome = 'connectedFailed';
  else if (!hasTest) outcome = 'connectedUntested';
  useEffect(() => {
    if (!isConnected) return;
    announce(t(`connect.${outcome}`));
    heading.current?.focus();
  }, [isConnected, announce, outcome, t]);

  /** Moves the focus to the first wrong value. Returns whether there is one. */
  const showFaults = (): boolean => {
    const faults = editor.faults();
    if (!Object.keys(faults).length) return false;
    editor.settings();
    const first = asked.find(each => faults[pathOf(each, values)]);
    const field = fieldOfPath(Object.keys(faults)[0]);
    if (first) focusSoon(first.elementId);
    else if (field) focusSoon(fieldElementId(field.id));
    return true;
  };

  /** Values are often copied with a space, and a submit by keyboard leaves no field. A space may belong to a secret. */
  const trim = () => {
    for (const each of asked.filter(value => !isSecret(value))) {
      const path = pathOf(each, values);
      const value = form.getValues(path);
      if (typeof value === 'string') form.setValue(path, value.trim());
    }
  };

  const connect = () => {
    setReopened(false);
    trim();
    if (showFaults()) return;
    if (isDone) return;
    tested.current = undefined;
    panel.obtain();
  };

  const chooseWay = (way: PresetWay) => {
    const current = form.getValues();
    formsOfWays.current.set(presetWayOf(current), current);
    const fresh = startValues({
      given: startOfPreset(start.provider!, way, {}),
    });
    editor.clearSummary();
    form.reset(valuesOfWay(formsOfWays.current.get(way) ?? fresh, current));
  };

  const submit = async () => {
    if (showFaults()) {
      setReopened(true);
      return;
    }
    const saved = await save.save(
      isHeld ? { ...panel, credential: { action: 'keep' } } : panel,
    );
    if (saved === 'out_of_date') {
      panel.fail({ title: t('editor.credentialOutOfDate') });
      return;
    }
    if (!saved) return;
    mayLeave.current = true;
    // What the settings hold is not taken from the attempt.
    if (isHeld && stagedId) api.discardAuthorization(stagedId).catch(() => {});
    showToast('success', t('connect.saved', { title }));
    navigate(paths.detail(saved.name));
  };

  const { failure } = save;
  const isTaken = failure?.code === 'name_taken';
  useEffect(() => {
    if (!isTaken) return undefined;
    let isGone = false;
    const rejected = form.getValues('name') as string;
    freeName(api, rejected.replace(/-\d+$/, ''), [rejected]).then(free => {
      if (!isGone) setTaken({ name: rejected, offered: free.name });
    });
    return () => {
      isGone = true;
    };
  }, [api, form, isTaken, failure]);

  const asksUrls = asked.some(
    each => each.kind === 'setting' && each.field.kind === 'url',
  );
  const isUnknown = !start.provider || asksUrls;
  const shown: FieldId[] = [
    ...(['title', 'name'] as const),
    ...(isUnknown ? OF_UNKNOWN_APIS : []),
    ...asked.map(each => (each.kind === 'setting' ? each.field : each.map).id),
  ];
  const otherFaults = editor.summary.filter(
    ({ field }) => !field || !shown.includes(field.id),
  );

  let shownFailure: Failure | undefined;
  if (state.kind === 'error') shownFailure = state.failure;
  else if (failedCall && !testing && state.kind === 'staged')
    shownFailure = failedCall.failure;

  const unsaved = [
    ...enteredOf(start, asked, values).map(({ label }) => label),
    ...GENERAL.filter(
      field =>
        JSON.stringify(get(values, field.path)) !==
        JSON.stringify(get(initial.current, field.path)),
    ).map(field => t(`field.${field.id}`) as string),
    ...(panel.unsaved ? [t('connect.credential') as string] : []),
  ];

  return {
    start,
    editor,
    panel,
    save,
    asked,
    title,
    stored,
    unsaved,
    mayLeave,
    heading,
    isConnected,
    isDone,
    /** Whether the test call of the new credential succeeded, failed, or wasn't made. */
    outcome,
    failure: shownFailure && withLabels(shownFailure, asked),
    isCallFailed: Boolean(failedCall),
    otherFaults,
    /** Whether the provider's URLs must be entered. */
    asksUrls,
    /** Whether the user also says where the API is, and which scopes it has. */
    isUnknown,
    taken: isTaken ? taken : undefined,
    isTaken,
    redirectUri: hasRedirectUri(grantOrKind)
      ? redirectUriOf(
          start.callbackUrl,
          get(values, FIELDS.redirectUri.path),
          name,
        )
      : undefined,
    connect,
    chooseWay,
    submit,
    cancel: () => {
      panel.cancel();
      setSearch({}, { replace: true, state: locationState });
    },
    accept: () => {
      setAccepted(true);
      setReopened(false);
    },
    reopen: () => setReopened(true),
    saveAs: (next: string) => {
      form.setValue('name', next, { shouldDirty: true });
      submit();
    },
    openAllSettings: () =>
      onAllSettings({
        values: form.getValues(),
        // Its secrets are still needed, even if what was obtained is out of date.
        restored:
          state.kind === 'staged' || !granted
            ? granted ?? draft
            : { ...granted, status: 'pending', staged: undefined },
      }),
  };
}

/** Result of {@link useConnect}. */
export type ConnectModel = ReturnType<typeof useConnect>;
