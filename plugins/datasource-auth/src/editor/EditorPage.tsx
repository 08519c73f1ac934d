import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { LinkButton, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { LoadFailure } from '../failures/LoadFailure';
import { Notice, usePaths, ViewFrame } from '../frame';
import { FIX_PARAMETER } from '../frame/paths';
import { useText } from '../translation';
import { Editor } from './Editor';
import { loadEditorStart } from './editorStart';
import { fieldAtFault } from './fieldAtFault';

const EditorLoader = ({ name }: { name?: string }) => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const paths = usePaths();
  const [search] = useSearchParams();
  // Read once: the editor writes the draft's ID there and must not restart because of it.
  const [draft] = useState(() => search.get('authorization'));
  const [from] = useState(() => search.get('from'));
  const [fixes] = useState(() => search.has(FIX_PARAMETER));
  const { value, error, loading } = useAsync(
    () => loadEditorStart(api, name, draft, from),
    [api, name, draft, from],
  );
  const title = name
    ? t('editor.editTitle', { title: value?.datasource?.title ?? name })
    : t('editor.newTitle');
  let content;
  if (loading) content = <Progress aria-label={t('editor.loading')} />;
  else if (error) content = <LoadFailure error={error} />;
  else if (value?.datasource?.source === 'config')
    content = (
      <Notice severity="info">
        {t('editor.declared')}{' '}
        <LinkButton
          variant="outlined"
          size="small"
          to={paths.detail(value.datasource.name)}
        >
          {t('editor.toDetail')}
        </LinkButton>
      </Notice>
    );
  else if (value)
    content = (
      <Editor start={value} focus={fixes ? fieldAtFault(value) : undefined} />
    );
  return (
    <ViewFrame
      title={title}
      breadcrumbs={<Breadcrumbs datasource={value?.datasource} last={title} />}
      actions={
        !name && (
          <LinkButton variant="outlined" to={paths.gallery}>
            {t('gallery.choose')}
          </LinkButton>
        )
      }
    >
      {content}
    </ViewFrame>
  );
};

/** The editor at `/new` or `/:name/edit`, with the data it starts from. */
export const EditorPage = () => {
  const { name } = useParams();
  return <EditorLoader key={name ?? ''} name={name} />;
};
