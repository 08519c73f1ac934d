import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AuthorizationRequestEntry } from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  DateTime,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Notice, ReasonButton, useAnnounce, useElementId } from '../frame';
import { personName } from '../settings/personName';
import { useText } from '../translation';
import { AskDialog } from './AskDialog';
import { recipientInWords } from './recipientInWords';
import { useAuthorizationRequests } from './useAuthorizationRequests';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: theme.spacing(0, 0, 1), padding: 0 },
  item: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
    padding: theme.spacing(0.5, 0),
  },
  text: { flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere' },
}));

const Open = (props: {
  request: AuthorizationRequestEntry;
  onWithdraw: () => void;
}) => {
  const { request, onWithdraw } = props;
  const t = useText();
  const classes = useStyles();
  const facts = {
    asker: personName(request.askedBy),
    when: <DateTime value={request.askedAt} />,
    until: <DateTime value={request.expiresAt} format="clock" />,
  };
  const recipient = request.recipient && recipientInWords(request.recipient);
  return (
    <li className={classes.item}>
      <span className={classes.text}>
        {recipient
          ? t('request.asked', { ...facts, recipient })
          : t('request.askedAnyone', facts)}
        {request.state === 'void' && <> {t('request.void')}</>}
      </span>
      <Button
        size="small"
        aria-label={
          recipient
            ? t('request.withdrawNamed', { recipient })
            : t('request.withdrawLink')
        }
        onClick={onWithdraw}
      >
        {t('request.withdraw')}
      </Button>
    </li>
  );
};

/** Props of {@link RequestsSection}. */
export interface RequestsSectionProps {
  /** Name of the saved datasource. */
  datasource: string;
  title: string;
  /** Why nobody can be asked now. */
  reason?: string;
}

/** Who was asked to authorize the datasource and has not answered yet, and the way to ask. */
export const RequestsSection = (props: RequestsSectionProps) => {
  const { datasource, title, reason } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const {
    value: requests = [],
    error,
    retry,
  } = useAuthorizationRequests(datasource);

  const withdraw = async (request: AuthorizationRequestEntry) => {
    setFailure(undefined);
    try {
      await api.withdrawAuthorizationRequest(request.id);
      announce(t('request.withdrawn'));
    } catch (thrown) {
      setFailure((thrown as Error).message);
    }
    retry();
  };

  return (
    <Box mt={2}>
      {error && (
        <Notice severity="warning">
          {t('request.loadFailed', { message: error.message })}
        </Notice>
      )}
      {failure && (
        <Notice severity="error" alert>
          {failure}
        </Notice>
      )}
      {requests.length > 0 && (
        <section aria-labelledby={id}>
          <Typography id={id} variant="subtitle2" component="h4">
            {t('request.heading')}
          </Typography>
          <ul className={classes.list}>
            {requests.map(request => (
              <Open
                key={request.id}
                request={request}
                onWithdraw={() => withdraw(request)}
              />
            ))}
          </ul>
        </section>
      )}
      <ReasonButton
        variant="outlined"
        reason={reason}
        onClick={() => setAsking(true)}
      >
        {t('request.ask')}
      </ReasonButton>
      {asking && (
        <AskDialog
          datasource={datasource}
          title={title}
          onAsked={retry}
          onClose={() => setAsking(false)}
        />
      )}
    </Box>
  );
};
