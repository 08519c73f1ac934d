import { Link, useNavigate, useParams } from 'react-router-dom';
import { Progress } from '@backstage/core-components';
import {
  StatusMarker,
  useDatasource,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import { DatasourceActions } from '../actions/DatasourceActions';
import { failureOfError } from '../authorization/failure';
import { FailureView } from '../authorization/FailureView';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { CopyButton, Notice, usePaths, ViewFrame } from '../frame';
import { personName } from '../settings/personName';
import { useText } from '../translation';
import { Overview } from './Overview';

/** One datasource: how it stands, and what to do next. */
export const DetailPage = () => {
  const t = useText();
  const paths = usePaths();
  const navigate = useNavigate();
  const { name = '' } = useParams();
  const { value: datasource, loading, error, retry } = useDatasource(name);
  const title = datasource?.title ?? name;
  const breadcrumbs = <Breadcrumbs last={title} />;

  if (!datasource)
    return (
      <ViewFrame title={title} breadcrumbs={breadcrumbs}>
        {loading && <Progress aria-label={t('detail.loading')} />}
        {error && <FailureView failure={failureOfError(error)} alert />}
      </ViewFrame>
    );
  const declared = datasource.source === 'config';
  return (
    <ViewFrame
      title={title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          <StatusMarker state={datasource.status.state} /> <code>{name}</code>
          <CopyButton text={name} what={t('field.name')} />
          {declared && <Chip size="small" label={t('list.fromConfig')} />}{' '}
          {datasource.owner && (
            <span title={datasource.owner}>{personName(datasource.owner)}</span>
          )}
        </>
      }
      actions={
        <>
          {!declared && datasource.allowed.update && (
            <Button
              variant="outlined"
              color="primary"
              component={Link}
              to={paths.edit(name)}
            >
              {t('detail.edit')}
            </Button>
          )}
          <DatasourceActions
            datasource={{ ...datasource, grantType: datasource.auth.grantType }}
            onDetail
            onChanged={retry}
            onDeleted={() => navigate(paths.list)}
          />
        </>
      }
    >
      {declared && <Notice severity="info">{t('detail.declared')}</Notice>}
      <Overview datasource={datasource} onChanged={retry} />
    </ViewFrame>
  );
};
