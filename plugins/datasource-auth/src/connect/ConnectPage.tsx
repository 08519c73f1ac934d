import { useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { LinkButton, Progress } from '@backstage/core-components';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { IssuerProposal } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import Typography from '@material-ui/core/Typography';
import { Editor } from '../editor/Editor';
import { EditorStart } from '../editor/editorStart';
import { UnsavedGuard } from '../editor/UnsavedGuard';
import { LoadFailure } from '../failures/LoadFailure';
import { EditorFactsProvider } from '../fields/EditorContext';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { Notice, ProviderMark, usePaths, ViewFrame } from '../frame';
import { settingsStartOf } from '../settings/settingsStart';
import { useText } from '../translation';
import { ConnectedStep } from './ConnectedStep';
import { ConnectStart, loadConnectStart } from './connectStart';
import { RegisterStep } from './RegisterStep';
import { useConnect } from './useConnect';

/** Props of {@link Connect}. */
interface ConnectProps {
  start: ConnectStart;
  onAllSettings: (start: EditorStart) => void;
}

/** The steps after the choice of an API: register and connected. */
const Connect = ({ start, onAllSettings }: ConnectProps) => {
  const t = useText();
  const model = useConnect(start, next => onAllSettings({ ...start, ...next }));
  const { editor, panel, unsaved, mayLeave, isConnected } = model;
  const [issuerScopes, setIssuerScopes] = useState<IssuerProposal>();
  return (
    <FormProvider {...editor.form}>
      <EditorFactsProvider
        value={{
          stored: model.stored,
          isNew: true,
          issuerScopes,
          onIssuerRead: setIssuerScopes,
          redirectUri: model.redirectUri,
          passwordGrantEnabled: start.passwordGrantEnabled,
        }}
      >
        <Typography variant="overline" component="p">
          {t('connect.step', { number: isConnected ? '3' : '2' })}
        </Typography>
        {start.draftGone && (
          <Notice severity="warning">{t('connect.draftGone')}</Notice>
        )}
        {isConnected ? (
          <ConnectedStep model={model} />
        ) : (
          <RegisterStep model={model} />
        )}
        <UnsavedGuard
          unsaved={unsaved}
          mayLeave={mayLeave}
          onLeave={panel.reset}
        />
      </EditorFactsProvider>
    </FormProvider>
  );
};

const ConnectLoader = ({ provider }: { provider?: string }) => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const identityApi = useApi(identityApiRef);
  const paths = usePaths();
  const [search] = useSearchParams();
  const { state } = useLocation();
  // Read once: the flow writes the attempt's ID there and must not restart because of it.
  const [draft] = useState(() => search.get('authorization'));
  const [given] = useState(() => settingsStartOf(state));
  const [allSettings, setAllSettings] = useState<EditorStart>();
  const { value, error, loading } = useAsync(async () => {
    const identity = await identityApi
      .getBackstageIdentity()
      .catch(() => undefined);
    const teams = (identity?.ownershipEntityRefs ?? []).filter(ref =>
      ref.startsWith('group:'),
    );
    return {
      start: await loadConnectStart(api, { provider, given, draft }, teams),
    };
  }, [api, identityApi, provider, given, draft]);
  const start = value?.start;
  const preset = start?.provider;
  const name = preset?.title ?? given?.title;
  const title = name
    ? t('connect.title', { title: name })
    : t('connect.anyTitle');

  let content;
  if (loading) content = <Progress aria-label={t('connect.loading')} />;
  else if (error) content = <LoadFailure error={error} />;
  else if (!start || !start.given)
    content = (
      <Notice severity="warning">
        {t(start ? 'connect.passwordOff' : 'connect.unknown')}{' '}
        <LinkButton variant="outlined" size="small" to={paths.gallery}>
          {t('connect.toGallery')}
        </LinkButton>
      </Notice>
    );
  else if (allSettings) content = <Editor start={allSettings} />;
  else content = <Connect start={start} onAllSettings={setAllSettings} />;

  return (
    <ViewFrame
      title={title}
      subtitle={preset?.caveat ?? given?.caveat}
      breadcrumbs={<Breadcrumbs last={title} />}
      actions={
        !provider && (
          <LinkButton variant="outlined" to={paths.gallery}>
            {t('gallery.choose')}
          </LinkButton>
        )
      }
      mark={name && <ProviderMark title={name} name={provider} size={32} />}
    >
      {content}
    </ViewFrame>
  );
};

/** The connect flow of a preset, or of an API without one. */
export const ConnectPage = () => {
  const { provider } = useParams();
  return <ConnectLoader key={provider ?? ''} provider={provider} />;
};
