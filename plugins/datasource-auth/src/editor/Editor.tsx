import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { FormProvider, get } from 'react-hook-form';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  hasServiceCredential,
  IssuerProposal,
  isApprovedByPerson,
} from 'backstage-plugin-datasource-auth-common';
import {
  clockTime,
  useLocale,
  datasourceAuthApiRef,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import { AuthorizationPanel } from '../authorization/AuthorizationPanel';
import { Facts } from '../authorization/panelState';
import { untriedSecret } from '../authorization/untriedSecret';
import { useAuthorizationPanel } from '../authorization/useAuthorizationPanel';
import { EditorFactsProvider } from '../fields/EditorContext';
import { Notice, useAnnounce, usePaths, useToast } from '../frame';
import { FieldSpec } from '../kinds';
import { bindingOf, endingChanges } from '../settings/formBinding';
import {
  missingFields,
  missingSecretValues,
  missingInstanceValues,
} from '../settings/requiredFields';
import { formOfSettings, grantOrKindOfForm } from '../settings/settingsForm';
import { settingLabel } from '../settings/settingLabel';
import { useStateName, useText } from '../translation';
import { ConflictView } from './ConflictView';
import { EditorFooter } from './EditorFooter';
import { EditorStart } from './editorStart';
import { EditorSections } from './EditorSections';
import { ErrorSummary } from './ErrorSummary';
import { redirectUriOf } from './redirectUri';
import { SaveConfirmation, SaveConfirmationProps } from './SaveConfirmation';
import { mayHaveConsequences, saveConsequences } from './saveConsequences';
import { UnsavedGuard } from './UnsavedGuard';
import { useEditorForm } from './useEditorForm';
import { useSave } from './useSave';

// Few datasources have only accounts of people.
const PerUserPanel = lazy(() =>
  import('../authorization/PerUserPanel').then(m => ({
    default: m.PerUserPanel,
  })),
);

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(3),
  },
  form: { flex: '1 1 400px', minWidth: 0, maxWidth: 720 },
  panel: {
    flex: '1 1 320px',
    minWidth: 0,
    [theme.breakpoints.up('md')]: { position: 'sticky', top: theme.spacing(2) },
  },
}));

/** Props of {@link Editor}. */
export interface EditorProps {
  start: EditorStart;
  /** The setting that gets the focus at first. */
  focus?: FieldSpec;
}

/** The form with the authorization panel and Save, which saves both together. */
export const Editor = ({ start, focus }: EditorProps) => {
  const t = useText();
  const backend = useBackendText();
  const locale = useLocale();
  const stateName = useStateName();
  const classes = useStyles();
  const [issuerScopes, setIssuerScopes] = useState<IssuerProposal>();
  const paths = usePaths();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const toast = useToast();
  const [, setSearch] = useSearchParams();
  const api = useApi(datasourceAuthApiRef);
  const [confirming, setConfirming] =
    useState<Pick<SaveConfirmationProps, 'consequences' | 'impact'>>();
  const [banner, setBanner] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  const mayLeave = useRef(false);

  const editor = useEditorForm(start);
  const { values, form } = editor;
  const save = useSave({ start, editor });
  const { datasource, failure, conflict } = save;
  const news = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Save is always visible, but content above the form may not be.
    if (failure || conflict)
      news.current?.scrollIntoView?.({ block: 'center' });
  }, [failure, conflict]);
  // A failed attempt keeps no secrets.
  const draft =
    start.restored?.status === 'failed' ? undefined : start.restored;
  const stored = draft?.settings ?? datasource;
  const grantType = grantOrKindOfForm(values);
  const name = get(values, 'name') as string;

  const facts = useMemo<Facts>(
    () => ({
      missing: [
        ...missingFields(values, stored).map(field => t(`field.${field.id}`)),
        ...missingSecretValues(values).map(path => settingLabel(t, path)),
        ...missingInstanceValues(values).map(instance =>
          settingLabel(t, `instance.${instance}`),
        ),
      ],
      binding: bindingOf(values),
      ending: datasource
        ? endingChanges(formOfSettings(datasource), values)
        : [],
      saved: datasource?.status,
    }),
    [values, stored, datasource, t],
  );

  const panel = useAuthorizationPanel({
    grantType,
    facts,
    datasource: datasource?.name,
    restored: start.restored,
    openingText: t('panel.opening'),
    unknownFailure: t('panel.unknownFailure'),
    request: () => {
      setBanner(undefined);
      const settings = editor.settings();
      return settings && { datasource: datasource?.name, settings };
    },
    onLeaving: () => {
      mayLeave.current = true;
    },
    onGranted: authorization => {
      setBanner(t('panel.obtained'));
      announce(t('panel.obtained'));
      heading.current?.focus();
      setSearch({ authorization: authorization.id }, { replace: true });
    },
    onFailed: (_failure, faults) => {
      editor.noteFailed();
      if (faults) editor.showServerFaults(faults);
    },
  });

  const isPerUser = !hasServiceCredential({
    subjects: get(values, 'subjects'),
  });
  const { reset } = panel;
  const isStaged = panel.state.kind === 'staged';
  useEffect(() => {
    // Nothing would use it.
    if (isPerUser && isStaged) reset();
  }, [isPerUser, isStaged, reset]);

  const arrived = useRef(start.restored?.status === 'granted');
  useEffect(() => {
    if (!arrived.current) return;
    arrived.current = false;
    setBanner(t('panel.obtained'));
    announce(t('panel.obtained'));
    heading.current?.focus();
  }, [announce, t]);

  const unsavedLabels = [
    ...editor.unsavedFields.map(field => t(`field.${field.id}`) as string),
    ...(panel.unsaved ? [t('editor.credential') as string] : []),
  ];

  const submit = async () => {
    setConfirming(undefined);
    const saved = await save.save(panel);
    if (saved === 'out_of_date') {
      panel.fail({ title: t('editor.credentialOutOfDate') });
      return;
    }
    if (!saved) return;
    mayLeave.current = true;
    const { state, expiresAt } = saved.status;
    const untried = untriedSecret(saved);
    let text: string = t('editor.savedToast', { state: stateName(state) });
    if (untried)
      text = t('editor.savedToastUntried', { label: t(`field.${untried.id}`) });
    else if (expiresAt)
      text = t('editor.savedToastUntil', {
        state: stateName(state),
        time: clockTime(expiresAt, { locale }),
      });
    toast('success', text);
    navigate(paths.detail(saved.name));
  };

  const askOrSubmit = async () => {
    const settings = editor.settings();
    if (!settings) return undefined;
    const planned = {
      ...{ saved: datasource, state: panel.state, ending: facts.ending },
      credential: panel.credential,
      consumers: settings.consumers ?? [],
    };
    if (!datasource || !mayHaveConsequences(planned)) return submit();
    // Saving is allowed even if the affected consumers are unknown.
    const impact = await api.getImpact(datasource.name).catch(() => undefined);
    const consequences = saveConsequences(planned, impact);
    if (!consequences.length) return submit();
    setConfirming({ consequences, impact });
    return undefined;
  };

  const discard = () => {
    panel.reset();
    setBanner(undefined);
    editor.clearSummary();
    form.reset(formOfSettings(save.dismiss()));
    setSearch({}, { replace: true });
  };

  const mayUpdate = datasource?.allowed.update ?? true;
  let saveReason: string | undefined;
  if (save.saving) saveReason = t('editor.saveReason.saving');
  else if (!mayUpdate) saveReason = t('editor.saveReason.permission');
  else if (!name.trim()) saveReason = t('editor.saveReason.name');
  else if (panel.state.kind === 'waiting')
    saveReason = t('editor.saveReason.waiting');

  const redirectUri = redirectUriOf(
    start.callbackUrl,
    get(values, 'auth.redirectUri'),
    name,
  );
  const isNew = !datasource;
  const { passwordGrantEnabled } = start;
  // The same object as long as nothing in it changes, so that a change of one setting doesn't render all others.
  const fieldFacts = useMemo(
    () => ({
      ...{ stored, isNew, issuerScopes, redirectUri, passwordGrantEnabled },
      onIssuerRead: setIssuerScopes,
    }),
    [stored, isNew, issuerScopes, redirectUri, passwordGrantEnabled],
  );

  return (
    <FormProvider {...form}>
      <EditorFactsProvider value={fieldFacts}>
        {start.draftGone && (
          <Notice severity="warning">{t('editor.draftGone')}</Notice>
        )}
        {start.duplicateOf && (
          <Notice severity="info">
            {t('editor.duplicateOf', {
              title: start.duplicateOf.title ?? start.duplicateOf.name,
            })}
          </Notice>
        )}
        <ErrorSummary faults={editor.summary} />
        <div ref={news}>
          {save.failure && (
            <Notice severity="error" alert>
              {t('editor.saveFailed', {
                message: backend(save.failure.texts?.title, save.failure.title),
              })}
            </Notice>
          )}
          {save.conflict && (
            <ConflictView
              before={editor.baseValues}
              mine={values}
              theirs={save.conflict}
              onKeepMine={() => save.keepMine()}
              onTakeTheirs={() => save.takeTheirs()}
            />
          )}
        </div>
        <div className={classes.columns}>
          <form
            noValidate
            autoComplete="off"
            className={classes.form}
            onSubmit={event => {
              event.preventDefault();
              if (!saveReason && unsavedLabels.length) askOrSubmit();
            }}
          >
            <EditorSections faults={editor.summary} focus={focus} />
          </form>
          <div className={classes.panel}>
            {isPerUser ? (
              <Suspense fallback={null}>
                <PerUserPanel
                  name={
                    datasource?.status.state === 'PER_USER'
                      ? datasource.name
                      : undefined
                  }
                  missing={facts.missing}
                  redirectUri={
                    isApprovedByPerson(grantType) ? redirectUri : undefined
                  }
                />
              </Suspense>
            ) : (
              <AuthorizationPanel
                panel={panel}
                grantType={grantType}
                title={(get(values, 'title') as string) || name}
                saved={datasource?.status}
                failedTest={datasource?.failedTest}
                consumers={datasource?.consumers}
                redirectUri={redirectUri}
                banner={isStaged ? banner : undefined}
                mayAuthorize={datasource?.allowed.authorize ?? true}
                mayClear={datasource?.allowed.clear ?? true}
                mayAsk={datasource?.allowed.ask}
                askReason={
                  unsavedLabels.length ? t('request.saveFirst') : undefined
                }
                scopesChanged={
                  panel.state.kind === 'saved' &&
                  editor.unsavedFields.some(field => field.id === 'scopes')
                }
                repairs={editor.repairs}
                onClear={panel.stageClear}
                headingRef={heading}
              />
            )}
          </div>
        </div>
        <EditorFooter
          unsaved={unsavedLabels}
          saveReason={saveReason}
          saving={save.saving}
          highlight={isStaged}
          onSave={askOrSubmit}
          onDiscard={discard}
        />
        {confirming && (
          <SaveConfirmation
            {...confirming}
            onSave={submit}
            onCancel={() => setConfirming(undefined)}
          />
        )}
        <UnsavedGuard
          unsaved={unsavedLabels}
          mayLeave={mayLeave}
          onLeave={panel.reset}
        />
      </EditorFactsProvider>
    </FormProvider>
  );
};
