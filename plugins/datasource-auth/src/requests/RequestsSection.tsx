import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AuthorizationRequestEntry } from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  DateTime,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Notice, useAnnounce, useElementId } from '../frame';
import { personName } from '../frame/personName';
import { useText } from '../translation';
import { formatRecipient } from './formatRecipient';
import { OpenRequests } from './useAuthorizationRequests';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
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
  const recipient = request.recipient && formatRecipient(request.recipient);
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

/** Lists the open approval requests of a datasource. Hidden if there are none. */
export const RequestsSection = ({ requests }: { requests: OpenRequests }) => {
  const t = useText();
  const errorText = useErrorText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const announce = useAnnounce();
  const [failure, setFailure] = useState<string>();
  const { value: open = [], error, retry } = requests;

  const withdraw = async (request: AuthorizationRequestEntry) => {
    setFailure(undefined);
    try {
      await api.withdrawAuthorizationRequest(request.id);
      announce(t('request.withdrawn'));
    } catch (thrown) {
      setFailure(errorText(thrown));
    }
    retry();
  };

  if (!error && !failure && open.length === 0) return null;
  return (
    <Box mt={2}>
      {error && (
        <Notice severity="warning">
          {t('request.loadFailed', { message: errorText(error) })}
        </Notice>
      )}
      {failure && (
        <Notice severity="error" alert>
          {failure}
        </Notice>
      )}
      {open.length > 0 && (
        <section aria-labelledby={id}>
          <Typography id={id} variant="subtitle2" component="h4">
            {t('request.heading')}
          </Typography>
          <ul className={classes.list}>
            {open.map(request => (
              <Open
                key={request.id}
                request={request}
                onWithdraw={() => withdraw(request)}
              />
            ))}
          </ul>
        </section>
      )}
    </Box>
  );
};
