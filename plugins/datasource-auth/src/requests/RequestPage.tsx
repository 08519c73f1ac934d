import { Progress } from '@backstage/core-components';
import { AuthorizationRequestInvitation } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { FailureView } from '../failures/FailureView';
import { Notice, ViewFrame } from '../frame';
import { personName } from '../frame/personName';
import { useText } from '../translation';
import { InvitationView } from './InvitationView';
import { useInvitation } from './useInvitation';
import { useRequestArrival } from './useRequestArrival';

const Over = ({
  invitation,
}: {
  invitation: AuthorizationRequestInvitation;
}) => {
  const t = useText();
  const { state, askedBy, askedAt, expiresAt, decidedBy, decidedAt } =
    invitation;
  const asker = personName(askedBy);
  const decider = decidedBy ? personName(decidedBy) : t('request.page.someone');
  switch (state) {
    case 'pending':
      return null;
    case 'expired':
      return (
        <Notice severity="info" alert>
          {t('request.page.over.expired', {
            who: asker,
            when: <DateTime value={expiresAt} format="clock" />,
          })}
        </Notice>
      );
    case 'void':
      return (
        <Notice severity="warning" alert>
          {t('request.page.over.void', {
            who: asker,
            when: <DateTime value={askedAt} />,
          })}
        </Notice>
      );
    default:
      return (
        <Notice severity={state === 'approved' ? 'success' : 'info'} alert>
          {t(`request.page.over.${state}`, {
            who: decider,
            when: <DateTime value={decidedAt ?? askedAt} />,
          })}
        </Notice>
      );
  }
};

/** The page on which recipients approve or decline a request. */
export const RequestPage = () => {
  const t = useText();
  const { secret = '', failure: arrivedWith, approved } = useRequestArrival();
  const { state, approve, decline } = useInvitation(secret, arrivedWith);

  if (state.kind === 'loading')
    return (
      <ViewFrame>
        <Progress aria-label={t('request.page.loading')} />
      </ViewFrame>
    );
  if (state.kind === 'failed')
    return (
      <ViewFrame title={t('request.page.heading')}>
        <FailureView failure={state.failure} alert />
      </ViewFrame>
    );
  const { invitation, busy, failure } = state;
  const { title } = invitation;
  const pending = invitation.state === 'pending';
  const thanks = invitation.state === 'approved' && approved;
  return (
    <ViewFrame title={pending ? t('request.page.title', { title }) : title}>
      {failure && <FailureView failure={failure} alert />}
      {thanks && (
        <Notice severity="success" alert>
          {t('request.page.thanks', { title })}
        </Notice>
      )}
      {!thanks && <Over invitation={invitation} />}
      {pending && (
        <InvitationView
          invitation={invitation}
          busy={busy}
          onApprove={approve}
          onDecline={decline}
        />
      )}
    </ViewFrame>
  );
};
