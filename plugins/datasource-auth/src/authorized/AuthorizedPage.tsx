import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { LinkButton, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import {
  Authorization,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import {
  announceApproval,
  DatasourceAuthApi,
  datasourceAuthApiRef,
} from 'backstage-plugin-datasource-auth-react';
import Typography from '@material-ui/core/Typography';
import { flowOf } from '../approval/leftFlow';
import { Failure, failureOfError } from '../failures/failure';
import { FailureView } from '../failures/FailureView';
import { Paths, usePaths, ViewFrame } from '../frame';
import { requestBeforeRedirect } from '../requests/sessionMemory';
import { RequestArrival } from '../requests/useRequestArrival';
import { useText } from '../translation';
import { dropArrival, heldArrival } from './arrival';

type Outcome =
  | { kind: 'working' }
  | { kind: 'done' }
  | { kind: 'used' }
  | { kind: 'failed'; failure: Failure; back?: string };

const GONE = ['authorization_ended', 'not_found'];
const ENDED = ['granted', 'consumed', 'failed'];

function backTo(paths: Paths, authorization: Authorization): string {
  const { id, datasource, commit, display, connection } = authorization;
  if (connection && datasource)
    return paths.connection(datasource, display === 'page' ? id : undefined);
  if (commit || display === 'popup')
    return datasource ? paths.detail(datasource) : paths.list;
  return `${formPath(paths, authorization)}?authorization=${encodeURIComponent(
    id,
  )}`;
}

/** Returns where the form of an attempt is edited. */
function formPath(
  paths: Paths,
  { id, datasource }: Pick<Authorization, 'id' | 'datasource'>,
): string {
  if (datasource) return paths.edit(datasource);
  const flow = flowOf(id);
  if (!flow) return paths.create;
  return flow.provider ? paths.provider(flow.provider) : paths.connect;
}

/** In a second tab with the same callback, the completion is already used: show the result of the first. */
async function whatCameOf(
  api: DatasourceAuthApi,
  id: string,
  error: DatasourceAuthError,
): Promise<Authorization> {
  if (error.code !== 'authorization_ended') throw error;
  const authorization = await api.getAuthorization(id);
  if (!ENDED.includes(authorization.status)) throw error;
  return authorization;
}

/**
 * The page that the browser returns to from the provider. In a separate window, it completes the attempt, notifies the
 * opener, and closes; in the same tab, it returns to where the user was.
 */
export const AuthorizedPage = () => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [arrival] = useState(heldArrival);
  const [outcome, setOutcome] = useState<Outcome>({
    kind: arrival ? 'working' : 'used',
  });
  const sent = useRef(false);

  useEffect(() => {
    // The completion works only once, but React may run effects twice.
    if (!arrival || sent.current) return;
    sent.current = true;
    dropArrival();
    const { id, completion } = arrival;
    const finish = async () => {
      let next: Outcome;
      let ended = false;
      try {
        const authorization = completion
          ? await api
              .completeAuthorization(id, completion)
              .catch(error => whatCameOf(api, id, error))
          : await api.getAuthorization(id);
        announceApproval(id);
        const secret = authorization.requested
          ? requestBeforeRedirect.take()
          : undefined;
        if (secret) {
          const { status, error: failure } = authorization;
          const came: RequestArrival = {
            secret,
            ...(status === 'failed' ? { failure } : { approved: true }),
          };
          navigate(paths.request, { replace: true, state: came });
          return;
        }
        if (authorization.requested) {
          setOutcome(
            authorization.error
              ? { kind: 'failed', failure: authorization.error }
              : { kind: 'done' },
          );
          return;
        }
        if (authorization.display === 'page') {
          navigate(backTo(paths, authorization), { replace: true });
          return;
        }
        // The opener shows it too, including all details of a failure.
        ended = true;
        next =
          authorization.status === 'failed'
            ? {
                kind: 'failed',
                failure: authorization.error ?? {
                  title: t('authorized.failed'),
                },
                back: backTo(paths, authorization),
              }
            : { kind: 'done' };
      } catch (thrown) {
        const error = thrown as DatasourceAuthError;
        const secret =
          error.code === 'request_ended' && requestBeforeRedirect.take();
        if (secret) {
          // The page of the request shows its current state.
          const came: RequestArrival = { secret };
          navigate(paths.request, { replace: true, state: came });
          return;
        }
        next = GONE.includes(error.code)
          ? { kind: 'used' }
          : { kind: 'failed', failure: failureOfError(error) };
      }
      setOutcome(next);
      if (ended) window.close();
    };
    finish();
  }, [api, arrival, navigate, paths, t]);

  const back =
    outcome.kind === 'failed' && outcome.back ? outcome.back : paths.list;
  return (
    <ViewFrame>
      {outcome.kind === 'working' && (
        <Progress aria-label={t('authorized.working')} />
      )}
      {outcome.kind === 'done' && (
        <Typography variant="h5" component="h2">
          {t('authorized.done')}
        </Typography>
      )}
      {outcome.kind === 'used' && (
        <Typography variant="h5" component="h2" paragraph>
          {t('authorized.used')}
        </Typography>
      )}
      {outcome.kind === 'failed' && (
        <FailureView failure={outcome.failure} alert />
      )}
      {(outcome.kind === 'used' || outcome.kind === 'failed') && (
        <LinkButton variant="outlined" to={back}>
          {t('authorized.return')}
        </LinkButton>
      )}
    </ViewFrame>
  );
};
